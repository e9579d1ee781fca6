using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.Backends.Llama.Chat;

/// <summary>What a chat template is given.</summary>
internal sealed record ChatConversation
{
    /// <summary>Messages in OpenAI's shape.</summary>
    public required JsonArray Messages { get; init; }

    public JsonArray? Tools { get; init; }

    /// <summary>chat_template_kwargs of the request.</summary>
    public JsonObject? Arguments { get; init; }

    public bool AddGenerationPrompt { get; init; } = true;

    public bool ContinueFinalMessage { get; init; }
}
