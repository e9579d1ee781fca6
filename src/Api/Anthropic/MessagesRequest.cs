using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>The body of <c>POST /v1/messages</c>, read and checked.</summary>
internal sealed record MessagesRequest
{
    public required PromptRequest Prompt { get; init; }

    public required SamplingSettings Sampling { get; init; }

    public required int MaxTokens { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public bool Stream { get; init; }
}
