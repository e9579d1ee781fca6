namespace LocalAI.Pipeline.Messages.Workers;

/// <summary>One model of a worker, as its heartbeat tells it.</summary>
public sealed record WorkerModelState
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Generations it can run at once.</summary>
    public required int Slots { get; init; }

    /// <summary>Generations that run now.</summary>
    public required int SlotsBusy { get; init; }

    /// <summary>Whether a backend process has it in memory.</summary>
    public required bool Loaded { get; init; }

    /// <summary>Times its backend process was started again after a death.</summary>
    public required long Restarts { get; init; }

    /// <summary>Why it cannot serve now, or null.</summary>
    public string? Problem { get; init; }
}
