using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>One message of a chat for LocalAI's templates.</summary>
public sealed record GoChatMessage
{
    /// <summary>As the request says it: system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>Its text.</summary>
    public string Content { get; init; } = "";

    /// <summary>The speaker's or the tool's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The calls of an assistant in OpenAI's shape, or null.</summary>
    public JsonArray? Calls { get; init; }
}
