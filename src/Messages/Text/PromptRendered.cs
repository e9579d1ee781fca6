namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="RenderPrompt"/>.</summary>
public sealed record PromptRendered
{
    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>Its length in tokens.</summary>
    public required int Tokens { get; init; }
}
