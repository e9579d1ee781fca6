using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Llama.Chat;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>From Predict's messages, tools and metadata to what the chat template is given.</summary>
internal static class ConversationReader
{
    internal static ChatConversation Read(PredictOptions options) => new()
    {
        Messages = new JsonArray([.. options.Messages.Select(ReadMessage)]),
        Tools = options.Tools.Length > 0 ? Parse<JsonArray>("Tools", options.Tools) : null,
        Arguments = options.Metadata.TryGetValue("chat_template_kwargs", out string? arguments) && arguments.Length > 0
            ? Parse<JsonObject>("Metadata[chat_template_kwargs]", arguments)
            : null,
        AddGenerationPrompt = Switches.Read(options, "add_generation_prompt", otherwise: true),
        ContinueFinalMessage = Switches.Read(options, "continue_final_message", otherwise: false),
    };

    private static JsonNode ReadMessage(Message message)
    {
        var node = new JsonObject { ["role"] = message.Role, ["content"] = message.Content };
        if (message.Name.Length > 0)
            node["name"] = message.Name;
        if (message.ToolCallId.Length > 0)
            node["tool_call_id"] = message.ToolCallId;
        if (message.ReasoningContent.Length > 0)
            node["reasoning_content"] = message.ReasoningContent;
        if (message.ToolCalls.Length > 0)
            node["tool_calls"] = Parse<JsonArray>("tool_calls", message.ToolCalls);
        return node;
    }

    private static T Parse<T>(string name, string json)
        where T : JsonNode
    {
        try
        {
            return JsonNode.Parse(json) as T ?? throw CallErrors.Invalid($"{name} is not a JSON {(typeof(T) == typeof(JsonArray) ? "array" : "object")}");
        }
        catch (JsonException e)
        {
            throw CallErrors.Invalid($"{name} is not JSON: {e.Message}");
        }
    }
}
