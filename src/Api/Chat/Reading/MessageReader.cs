using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary><c>messages</c>: all roles, content as text or parts, and what clients send back of an answer.</summary>
internal static class MessageReader
{
    private const int LongestName = 256;

    /// <param name="media">Takes what messages have besides text.</param>
    public static IReadOnlyList<ChatMessage> Read(FieldReader fields, MediaList media)
    {
        var items = fields.Items("messages") ?? throw RequestErrors.Missing("messages");
        return items.Count > 0
            ? [.. items.Select((item, index) => One(new FieldReader(item.Value, item.Path), index, media))]
            : throw RequestErrors.WrongValue("messages", "is empty.");
    }

    private static ChatMessage One(FieldReader message, int index, MediaList media)
    {
        var role = message.RequiredText("role");
        var read = role switch
        {
            "system" or "developer" => Plain(message, ChatRole.System),
            "user" => Plain(message, ChatRole.User, index, media),
            "assistant" => Assistant(message),
            "tool" => Plain(message, ChatRole.Tool) with { ToolCallId = message.RequiredText("tool_call_id", LongestName) },
            "function" => Function(message),
            _ => throw RequestErrors.WrongValue(message.PathOf("role"), $"is '{Shown.Short(role)}', but must be 'system', 'developer', 'user', 'assistant', 'tool' or 'function'."),
        };
        message.RefuseOthers();
        return read;
    }

    private static ChatMessage Plain(FieldReader message, ChatRole role, int index = 0, MediaList? media = null) => new()
    {
        Role = role,
        Content = ContentReader.Read(message, index, media) ?? throw RequestErrors.Missing(message.PathOf("content")),
        Name = message.Text("name", LongestName),
    };

    private static ChatMessage Assistant(FieldReader message)
    {
        var content = ContentReader.Read(message, 0, null);
        var refusal = message.Text("refusal");
        var calls = ToolCalls(message);
        var reasoning = message.Text("reasoning_content") ?? message.Text("reasoning");
        SkipEchoes(message);
        if (content is null && refusal is null && calls is null && reasoning is null)
        {
            throw RequestErrors.Missing(message.PathOf("content"));
        }

        return new ChatMessage
        {
            Role = ChatRole.Assistant,
            Content = content ?? refusal ?? "",
            Name = message.Text("name", LongestName),
            Reasoning = reasoning,
            ToolCalls = calls,
        };
    }

    // The old way to answer a function call: it names the function instead of the call.
    private static ChatMessage Function(FieldReader message)
    {
        var name = message.RequiredText("name", LongestName);
        return Plain(message, ChatRole.Tool) with { Name = name, ToolCallId = name };
    }

    private static List<ToolCall>? ToolCalls(FieldReader message)
    {
        var calls = (message.Items("tool_calls") ?? []).Select(item => Call(new FieldReader(item.Value, item.Path))).ToList();
        if (message.Object("function_call") is { } old)
        {
            var name = old.RequiredText("name", LongestName);
            calls.Add(new ToolCall { Id = name, Name = name, Arguments = old.RequiredText("arguments") });
            old.RefuseOthers();
        }

        return calls.Count == 0 ? null : calls;
    }

    private static ToolCall Call(FieldReader call)
    {
        if (call.Text("type") is { } type and not "function")
        {
            throw RequestErrors.Unsupported(call.PathOf("type"), $"'{Shown.Short(type)}' calls are not there, only 'function'.");
        }

        var function = call.Object("function") ?? throw RequestErrors.Missing(call.PathOf("function"));
        var read = new ToolCall
        {
            Id = call.RequiredText("id", LongestName),
            Name = function.RequiredText("name", LongestName),
            Arguments = function.RequiredText("arguments"),
        };
        function.RefuseOthers();
        // Clients that put a stream together leave the index in.
        _ = call.Take("index");
        call.RefuseOthers();
        return read;
    }

    /// <summary>What answers carry beside their text, and clients send back with it.</summary>
    private static void SkipEchoes(FieldReader message)
    {
        if (message.Take("annotations") is { } annotations && (annotations.ValueKind != JsonValueKind.Array || annotations.GetArrayLength() > 0))
        {
            throw RequestErrors.Unsupported(message.PathOf("annotations"), "annotations are not read.");
        }

        if (message.Take("audio") is not null)
        {
            throw RequestErrors.Unsupported(message.PathOf("audio"), "earlier answers are read as text.");
        }
    }
}
