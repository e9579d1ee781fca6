namespace LocalAI.Pipeline.Messages.Workers;

/// <summary>Event, published by a worker every few seconds and when it leaves: what it serves and how busy it is.</summary>
public sealed record WorkerHeartbeat
{
    /// <summary>The worker process.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The pool: text, audio or image.</summary>
    public required string Pool { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>True in the last one of a worker that shuts down.</summary>
    public required bool Leaving { get; init; }

    /// <summary>The models it takes work for.</summary>
    public required IReadOnlyList<WorkerModelState> Models { get; init; }
}
