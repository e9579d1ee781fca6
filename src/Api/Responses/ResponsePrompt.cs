using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The part of a request that decides what the model reads: all of what <c>input_tokens</c> takes.</summary>
internal sealed record ResponsePrompt
{
    public string? Model { get; init; }

    /// <summary>What the request itself gives, without what it goes on from.</summary>
    public required IReadOnlyList<ResponseItem> Input { get; init; }

    /// <summary>The response that the request goes on from, with all that comes before that.</summary>
    public Guid? PreviousId { get; init; }

    /// <summary>What comes before, where whoever asks knows it already.</summary>
    public IReadOnlyList<ResponseItem>? Earlier { get; init; }

    /// <summary>The conversation that the request belongs to.</summary>
    public Guid? ConversationId { get; init; }

    public string? Instructions { get; init; }

    public required IReadOnlyList<ToolDefinition> Tools { get; init; }

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>As the request has it, as JSON text.</summary>
    public required string ToolChoiceShown { get; init; }

    public bool ParallelToolCalls { get; init; } = true;

    public required ReasoningSettings Reasoning { get; init; }

    /// <summary>Null is free text.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary><c>text.format</c> as the request has it, as JSON text.</summary>
    public required string FormatShown { get; init; }

    /// <summary><c>truncation</c> is <c>auto</c>: what the context has no room for is left out, from the beginning.</summary>
    public bool Truncates { get; init; }
}
