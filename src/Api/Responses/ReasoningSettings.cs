namespace LocalAI.Pipeline.Api.Responses;

/// <summary><c>reasoning</c> of a request.</summary>
/// <param name="Effort">As the request says it, or null for the model's own.</param>
/// <param name="Summary"><c>auto</c>, <c>concise</c>, <c>detailed</c>, or null for no summary.</param>
internal sealed record ReasoningSettings(string? Effort, string? Summary)
{
    /// <summary>The effort in the command's words, where <c>high</c> is the most there is.</summary>
    public string? CommandEffort => Effort is "xhigh" or "max" ? "high" : Effort;
}
