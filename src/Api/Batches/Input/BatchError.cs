namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>What is wrong with a line of the input, or with all of it.</summary>
/// <param name="Code">OpenAI's code.</param>
/// <param name="Message">For people.</param>
/// <param name="Param">The field of the line.</param>
/// <param name="Line">The line's number; null for the input as a whole.</param>
internal sealed record BatchError(string Code, string Message, string? Param = null, int? Line = null);
