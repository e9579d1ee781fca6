namespace LocalAI.Pipeline.Messages.Jobs;

/// <summary>
/// Event, published by an API instance that committed something about durable jobs: whoever follows one of them looks into
/// the database. A hint that may be lost, doubled or early; followers look now and then by themselves.
/// </summary>
public sealed record DurableJobsAdvanced
{
    /// <summary>The jobs, each once.</summary>
    public required IReadOnlyList<Guid> JobIds { get; init; }
}
