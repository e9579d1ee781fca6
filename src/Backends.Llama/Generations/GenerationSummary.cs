namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>How a generation ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="StopSequence">The stop string that ended it, or null.</param>
internal sealed record GenerationSummary(FinishReason Reason, string? StopSequence);
