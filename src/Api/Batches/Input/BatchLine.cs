namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>One request of a batch.</summary>
/// <param name="Number">The line's number.</param>
/// <param name="CustomId">The caller's name for it.</param>
/// <param name="Body">The request's JSON.</param>
internal sealed record BatchLine(int Number, string CustomId, ReadOnlyMemory<byte> Body);
