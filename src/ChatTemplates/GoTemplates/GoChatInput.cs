using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>What a chat's templates get.</summary>
public sealed record GoChatInput
{
    /// <summary>The conversation.</summary>
    public required IReadOnlyList<GoChatMessage> Messages { get; init; }

    /// <summary>The model's <c>roles</c>: what stands for a role in the prompt.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>The model's own system prompt.</summary>
    public string SystemPrompt { get; init; } = "";

    /// <summary>The functions that may be called, each with name, description and parameters; null for none.</summary>
    public JsonArray? Functions { get; init; }

    /// <summary>The answer is held to a grammar.</summary>
    public bool HasGrammar { get; init; }

    /// <summary>The request's reasoning effort.</summary>
    public string ReasoningEffort { get; init; } = "";

    /// <summary>Further values, as <c>.Metadata</c>.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>End within the last message, right after its content, so that the model goes on with it.</summary>
    public bool ContinueFinalMessage { get; init; }
}
