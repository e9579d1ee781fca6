using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>The pieces that chunks and whole answers share.</summary>
internal static class CompletionJson
{
    public static void Head(Utf8JsonWriter json, CompletionHead head)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, head.Id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, head.Created);
        json.WriteString("model"u8, head.Model);
        json.WriteString("system_fingerprint"u8, head.Fingerprint);
        json.WriteStartArray("choices"u8);
    }

    public static void Choice(Utf8JsonWriter json, int index, string text, CompletionLogprobs logprobs, int? alternatives, FinishReason? reason)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteNumber("index"u8, index);
        logprobs.Write(json, alternatives);
        if (reason is { } known)
        {
            json.WriteString("finish_reason"u8, known == FinishReason.Length ? "length"u8 : "stop"u8);
        }
        else
        {
            json.WriteNull("finish_reason"u8);
        }

        json.WriteEndObject();
    }
}
