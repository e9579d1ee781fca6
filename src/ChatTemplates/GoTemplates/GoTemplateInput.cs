using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>
/// The values that LocalAI's prompt templates may use. Chat, completion, edit and function templates read
/// <c>.Input</c>, <c>.SystemPrompt</c>, <c>.Instruction</c>, <c>.Functions</c>; a chat_message template reads the
/// rest. A name that is not set counts as empty.
/// </summary>
public sealed record GoTemplateInput
{
    /// <summary>The whole rendered conversation, or the prompt of a completion, or the text of an edit.</summary>
    public string Input { get; init; } = "";

    /// <summary>The text of one message.</summary>
    public string Content { get; init; } = "";

    /// <summary>The role as the request named it.</summary>
    public string RoleName { get; init; } = "";

    /// <summary>What the model's <c>roles</c> have for it; empty where they have nothing.</summary>
    public string Role { get; init; } = "";

    /// <summary>The system prompt of the model's configuration or of the request.</summary>
    public string SystemPrompt { get; init; } = "";

    /// <summary>True when the template shall leave the system prompt out.</summary>
    public bool SuppressSystemPrompt { get; init; }

    /// <summary>The instruction of an edit.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>Position of the message, from 0.</summary>
    public int MessageIndex { get; init; }

    /// <summary>Whether this is the last message.</summary>
    public bool LastMessage { get; init; }

    /// <summary>The functions that may be called, each with name, description and parameters.</summary>
    public JsonArray? Functions { get; init; }

    /// <summary>Whether the message calls a function.</summary>
    public bool Function { get; init; }

    /// <summary>The call of the message: an object with name and arguments, or an array of calls.</summary>
    public JsonNode? FunctionCall { get; init; }

    /// <summary>The function that a message answers for.</summary>
    public string FunctionName { get; init; } = "";

    /// <summary>The request's reasoning effort.</summary>
    public string ReasoningEffort { get; init; } = "";

    /// <summary>The request's metadata.</summary>
    public JsonObject? Metadata { get; init; }

    internal DictValue ToValue() => Conversation.Dict(
        ("Input", Input), ("Content", Content), ("RoleName", RoleName), ("Role", Role), ("SystemPrompt", SystemPrompt),
        ("SuppressSystemPrompt", Box.Of(SuppressSystemPrompt)), ("Instruction", Instruction),
        ("MessageIndex", Box.Of((long)MessageIndex)), ("LastMessage", Box.Of(LastMessage)),
        ("Functions", JsonValues.From(Functions)), ("Function", Box.Of(Function)),
        ("FunctionCall", JsonValues.From(FunctionCall)), ("FunctionName", FunctionName),
        ("ReasoningEffort", ReasoningEffort), ("Metadata", JsonValues.From(Metadata)));
}
