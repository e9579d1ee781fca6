using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary>The body of <c>POST /v1/chat/completions</c>, read and checked.</summary>
internal sealed record ChatCompletionRequest
{
    public string? Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>What they have besides text.</summary>
    public required MediaList Media { get; init; }

    public required SamplingSettings Sampling { get; init; }

    /// <summary><c>n</c>.</summary>
    public int Choices { get; init; } = 1;

    public bool Stream { get; init; }

    /// <summary><c>stream_options.include_usage</c>.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>llama.cpp's <c>timings_per_token</c>: its <c>timings</c> in the answer.</summary>
    public bool Timings { get; init; }

    public Lane Lane { get; init; } = Lane.Interactive;

    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public bool IgnoreEndOfSequence { get; init; }

    public bool Logprobs { get; init; }

    public int TopLogprobs { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>The request used <c>functions</c>, so the answer has <c>function_call</c>.</summary>
    public bool UsesFunctions { get; init; }

    public OutputFormat? Output { get; init; }

    public string? ReasoningEffort { get; init; }

    /// <summary><c>chat_template_kwargs</c> as JSON text.</summary>
    public string? TemplateArguments { get; init; }

    public bool ContinueFinalMessage { get; init; }
}
