namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>A scale for each of the model's LoRA adapters, in their order. Sets are equal when their scales are.</summary>
internal sealed class LoraSet : IEquatable<LoraSet>
{
    private readonly float[] _scales;

    internal LoraSet(IEnumerable<float> scales) => _scales = [.. scales];

    /// <summary>No wish: the scales that the model was loaded with.</summary>
    internal static LoraSet None { get; } = new([]);

    internal ReadOnlySpan<float> Scales => _scales;

    public bool Equals(LoraSet? other) => other is not null && _scales.AsSpan().SequenceEqual(other._scales);

    public override bool Equals(object? obj) => Equals(obj as LoraSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (float scale in _scales)
            hash.Add(scale);
        return hash.ToHashCode();
    }
}
