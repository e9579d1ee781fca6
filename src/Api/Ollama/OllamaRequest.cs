using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary>The body of <c>/api/chat</c> or <c>/api/generate</c>, read and checked.</summary>
internal sealed record OllamaRequest
{
    public string? Model { get; init; }

    /// <summary>Answers are messages, not texts.</summary>
    public required bool IsChat { get; init; }

    /// <summary>Nothing is asked: the model is loaded.</summary>
    public bool IsLoad { get; init; }

    public bool Stream { get; init; } = true;

    /// <summary><c>options.num_ctx</c>: tokens that the context must have at least.</summary>
    public int? ContextSize { get; init; }

    /// <summary>What messages have besides text.</summary>
    public required MediaList Media { get; init; }

    /// <summary>What is generated, but for who, where and when.</summary>
    public required GenerateText Draft { get; init; }
}
