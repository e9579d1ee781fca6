using System.Text.Json;

namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>Items as the API shows them and as they are stored, which is the same.</summary>
internal static class ItemJson
{
    public static void Write(Utf8JsonWriter json, ResponseItem item)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, item.Id);
        switch (item)
        {
            case MessageItem message:
                Head(json, "message"u8, item.Status);
                json.WriteString("role"u8, message.Role);
                Parts(json, "content"u8, message.Content);
                break;
            case CallItem call:
                Head(json, "function_call"u8, item.Status);
                json.WriteString("call_id"u8, call.CallId);
                json.WriteString("name"u8, call.Name);
                json.WriteString("arguments"u8, call.Arguments);
                break;
            case CallOutputItem output:
                Head(json, "function_call_output"u8, item.Status);
                json.WriteString("call_id"u8, output.CallId);
                Output(json, output);
                break;
            case ReasoningItem reasoning:
                Head(json, "reasoning"u8, item.Status);
                Reasoning(json, reasoning);
                break;
            case CompactionItem compaction:
                json.WriteString("type"u8, "compaction"u8);
                json.WriteString("encrypted_content"u8, compaction.EncryptedContent);
                break;
            default:
                throw new InvalidOperationException($"A {item.GetType().Name} is never shown.");
        }

        json.WriteEndObject();
    }

    public static void WriteAll(Utf8JsonWriter json, IEnumerable<ResponseItem> items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }

    public static void Part(Utf8JsonWriter json, TextPart part)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, part.Type);
        json.WriteString(part.Type == TextPart.Refusal ? "refusal"u8 : "text"u8, part.Text);
        if (part.Type == TextPart.Output)
        {
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
            Logprobs(json, part.Logprobs);
        }

        json.WriteEndObject();
    }

    /// <summary><c>logprobs</c>; the entries are an array's JSON already.</summary>
    public static void Logprobs(Utf8JsonWriter json, string? entries)
    {
        json.WritePropertyName("logprobs"u8);
        json.WriteRawValue(entries ?? "[]", skipInputValidation: true);
    }

    public static ReadOnlySpan<byte> Status(ItemStatus status) => status switch
    {
        ItemStatus.InProgress => "in_progress"u8,
        ItemStatus.Incomplete => "incomplete"u8,
        _ => "completed"u8,
    };

    private static void Head(Utf8JsonWriter json, ReadOnlySpan<byte> type, ItemStatus status)
    {
        json.WriteString("type"u8, type);
        json.WriteString("status"u8, Status(status));
    }

    private static void Output(Utf8JsonWriter json, CallOutputItem output)
    {
        if (output.Text is { } text)
        {
            json.WriteString("output"u8, text);
        }
        else
        {
            Parts(json, "output"u8, output.Parts!);
        }
    }

    private static void Reasoning(Utf8JsonWriter json, ReasoningItem reasoning)
    {
        Parts(json, "summary"u8, reasoning.Summary);
        Parts(json, "content"u8, reasoning.Content);
        if (reasoning.EncryptedContent is { } sealedText)
        {
            json.WriteString("encrypted_content"u8, sealedText);
        }
    }

    private static void Parts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<TextPart> parts)
    {
        json.WriteStartArray(name);
        foreach (var part in parts)
        {
            Part(json, part);
        }

        json.WriteEndArray();
    }
}
