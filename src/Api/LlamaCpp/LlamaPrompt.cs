using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>One prompt: texts and tokens in any order.</summary>
/// <param name="Parts">At least one.</param>
internal sealed record LlamaPrompt(IReadOnlyList<TokenInput> Parts)
{
    /// <summary>The text, where the prompt is nothing else.</summary>
    public string? Text => Parts is [{ Text: { } text }] ? text : null;

    /// <summary>The tokens, where the prompt is nothing else.</summary>
    public IReadOnlyList<int>? Tokens => Parts is [{ Tokens: { } tokens }] ? tokens : null;
}
