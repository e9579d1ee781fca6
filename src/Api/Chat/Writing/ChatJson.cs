using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>The pieces that chunks and whole answers share.</summary>
internal static class ChatJson
{
    public static void Head(Utf8JsonWriter json, ChatHead head, ReadOnlySpan<byte> kind)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, head.Id);
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, head.Created);
        json.WriteString("model"u8, head.Model);
        json.WriteString("system_fingerprint"u8, head.Fingerprint);
    }

    public static void FinishReason(Utf8JsonWriter json, ChatHead head, FinishReason? reason)
    {
        if (reason is not { } known)
        {
            json.WriteNull("finish_reason"u8);
            return;
        }

        json.WriteString("finish_reason"u8, known switch
        {
            Messages.Deltas.FinishReason.Length => "length"u8,
            Messages.Deltas.FinishReason.ToolCalls => head.UsesFunctions ? "function_call"u8 : "tool_calls"u8,
            _ => "stop"u8,
        });
    }

    /// <summary><c>logprobs</c>; the entries are an array's JSON already.</summary>
    public static void Logprobs(Utf8JsonWriter json, string? entries)
    {
        if (entries is null)
        {
            json.WriteNull("logprobs"u8);
            return;
        }

        json.WriteStartObject("logprobs"u8);
        json.WritePropertyName("content"u8);
        json.WriteRawValue(entries, skipInputValidation: true);
        json.WriteNull("refusal"u8);
        json.WriteEndObject();
    }
}
