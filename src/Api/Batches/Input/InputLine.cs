namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>A line of a batch's input.</summary>
/// <param name="Number">From 1; empty lines count and are not among the lines.</param>
/// <param name="Bytes">Its bytes without the line's end.</param>
/// <param name="IsTooLong">It has more bytes than a request may have; those are not here.</param>
internal readonly record struct InputLine(int Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);
