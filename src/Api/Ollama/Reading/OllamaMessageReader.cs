using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary>
/// <c>messages</c>. Ollama's calls have no ids: they get theirs by their order, and a tool's message answers the first call that has no answer yet, of
/// its <c>tool_name</c> where it has one.
/// </summary>
internal static class OllamaMessageReader
{
    private const int LongestName = 256;
    private const int MaxCalls = 128;

    /// <param name="media">Takes what messages have besides text.</param>
    public static IReadOnlyList<ChatMessage> Read(FieldReader fields, MediaList media)
    {
        var open = new List<ToolCall>();
        var calls = 0;
        var messages = new List<ChatMessage>();
        foreach (var (path, value) in fields.Items("messages") ?? [])
        {
            var message = new FieldReader(value, path);
            OllamaImages.Read(message, messages.Count, media);
            messages.Add(One(message, open, ref calls));
        }

        return messages;
    }

    private static ChatMessage One(FieldReader message, List<ToolCall> open, ref int calls)
    {
        var role = message.RequiredText("role");
        var content = message.Text("content") ?? "";
        var read = role switch
        {
            "system" => new ChatMessage { Role = ChatRole.System, Content = content },
            "user" => new ChatMessage { Role = ChatRole.User, Content = content },
            "assistant" => Assistant(message, content, open, ref calls),
            "tool" => Tool(message, content, open),
            _ => throw RequestErrors.WrongValue(message.PathOf("role"), $"is '{Shown.Short(role)}', but must be 'system', 'user', 'assistant' or 'tool'."),
        };
        message.RefuseOthers();
        return read;
    }

    private static ChatMessage Assistant(FieldReader message, string content, List<ToolCall> open, ref int calls)
    {
        var read = new List<ToolCall>();
        foreach (var (path, value) in message.Items("tool_calls", MaxCalls) ?? [])
        {
            read.Add(Call(new FieldReader(value, path), calls++));
        }

        open.AddRange(read);
        return new ChatMessage { Role = ChatRole.Assistant, Content = content, Reasoning = message.Text("thinking"), ToolCalls = read.Count == 0 ? null : read };
    }

    private static ChatMessage Tool(FieldReader message, string content, List<ToolCall> open)
    {
        var name = message.Text("tool_name", LongestName) ?? message.Text("name", LongestName);
        var id = message.Text("tool_call_id", LongestName);
        var answered = open.FindIndex(call => id is not null ? call.Id == id : name is null || call.Name == name);
        var call = answered >= 0 ? open[answered] : null;
        if (call is not null)
        {
            open.RemoveAt(answered);
        }

        return new ChatMessage { Role = ChatRole.Tool, Content = content, Name = name ?? call?.Name, ToolCallId = id ?? call?.Id };
    }

    private static ToolCall Call(FieldReader call, int number)
    {
        var function = call.Object("function") ?? throw RequestErrors.Missing(call.PathOf("function"));
        var read = new ToolCall
        {
            Id = call.Text("id", LongestName) ?? string.Create(CultureInfo.InvariantCulture, $"call_{number}"),
            Name = function.RequiredText("name", LongestName),
            Arguments = Arguments(function),
        };
        // Their place in the answer; here it is their place in the array.
        _ = function.Integer("index", 0, int.MaxValue);
        function.RefuseOthers();
        _ = call.Text("type");
        call.RefuseOthers();
        return read;
    }

    private static string Arguments(FieldReader function) => function.Take("arguments") switch
    {
        null => "{}",
        { ValueKind: JsonValueKind.Object } arguments => arguments.GetRawText(),
        { } other => throw RequestErrors.WrongType(function.PathOf("arguments"), "an object", FieldReader.Kind(other)),
    };
}
