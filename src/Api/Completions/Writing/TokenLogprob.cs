namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>One token in the old form of log probabilities.</summary>
/// <param name="Text">Its text, or <c>bytes:\x..</c> where it is no text alone.</param>
/// <param name="Value">The logarithm of its probability.</param>
/// <param name="Offset">Where it begins, in characters (code points) from the start of the answer's text.</param>
/// <param name="Alternatives">The most likely tokens at its place, and itself.</param>
internal sealed record TokenLogprob(string Text, double Value, int Offset, IReadOnlyDictionary<string, double> Alternatives);
