using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>One delta for a reader, and which of its jobs it belongs to (the choice's index).</summary>
internal readonly record struct JobDelta(int Choice, GenerationDelta Delta);
