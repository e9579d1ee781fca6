namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>Which devices and memory hold the model.</summary>
public sealed record DeviceSettings
{
    /// <summary>Shares of the GPUs, separated by commas.</summary>
    public string? TensorSplit { get; init; }

    /// <summary>The GPU that does what is not split.</summary>
    public string? MainGpu { get; init; }

    /// <summary>Save GPU memory.</summary>
    public bool? LowVram { get; init; }

    /// <summary>Spread over NUMA nodes.</summary>
    public bool? Numa { get; init; }

    /// <summary>Keep the KV cache off the GPU.</summary>
    public bool? NoKvOffloading { get; init; }
}
