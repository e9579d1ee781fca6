namespace LocalAI.Pipeline.Driving;

/// <summary>When the parts of one answer came; times are those of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
/// <param name="Started">Just before the request was sent.</param>
/// <param name="Arrivals">One for each part with content. A part may carry more than one token.</param>
/// <param name="PromptTokens">As the target counted them.</param>
/// <param name="Tokens">Tokens of the answer, as the target counted them.</param>
public sealed record StreamTimes(long Started, IReadOnlyList<long> Arrivals, int PromptTokens, int Tokens);
