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

    public static void Usage(Utf8JsonWriter json, ChatUsage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.Prompt);
        json.WriteNumber("completion_tokens"u8, usage.Completion);
        json.WriteNumber("total_tokens"u8, usage.Prompt + usage.Completion);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.Cached);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>llama.cpp's <c>timings</c>.</summary>
    public static void Timings(Utf8JsonWriter json, GenerationFinish finish)
    {
        var prompt = finish.PromptTokens - finish.CachedTokens;
        json.WriteStartObject("timings"u8);
        json.WriteNumber("cache_n"u8, finish.CachedTokens);
        json.WriteNumber("prompt_n"u8, prompt);
        json.WriteNumber("prompt_ms"u8, finish.PromptMilliseconds);
        json.WriteNumber("prompt_per_second"u8, PerSecond(prompt, finish.PromptMilliseconds));
        json.WriteNumber("predicted_n"u8, finish.CompletionTokens);
        json.WriteNumber("predicted_ms"u8, finish.GenerationMilliseconds);
        json.WriteNumber("predicted_per_second"u8, PerSecond(finish.CompletionTokens, finish.GenerationMilliseconds));
        json.WriteEndObject();
    }

    private static double PerSecond(int tokens, double milliseconds) => milliseconds > 0 ? tokens * 1000 / milliseconds : 0;
}
