namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>Where a queued response stands.</summary>
/// <param name="Position">1 is the next.</param>
/// <param name="EstimatedSeconds">Until a worker takes it, as the last ones went; null where nobody knows.</param>
internal sealed record QueuePosition(int Position, int? EstimatedSeconds);
