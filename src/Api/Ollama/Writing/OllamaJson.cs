using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>Ollama's objects.</summary>
internal static class OllamaJson
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>What every object begins with.</summary>
    public static void Begin(Utf8JsonWriter json, string model, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WriteString("created_at"u8, Time(now));
    }

    /// <summary>The text of a message or of an answer, with what else the piece has.</summary>
    public static void Content(Utf8JsonWriter json, bool isChat, string text, string thinking, IReadOnlyList<OllamaCall> calls, string? logprobs)
    {
        if (isChat)
        {
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
        }

        json.WriteString(isChat ? "content"u8 : "response"u8, text);
        if (thinking.Length > 0)
        {
            json.WriteString("thinking"u8, thinking);
        }

        Calls(json, calls);
        if (isChat)
        {
            json.WriteEndObject();
        }

        if (logprobs is not null)
        {
            json.WritePropertyName("logprobs"u8);
            json.WriteRawValue(logprobs, skipInputValidation: true);
        }
    }

    /// <summary>What the last object ends with. Loading is not measured apart: the total has it.</summary>
    public static void End(Utf8JsonWriter json, GenerationFinish finish, TimeSpan total)
    {
        json.WriteBoolean("done"u8, true);
        json.WriteString("done_reason"u8, finish.Reason == FinishReason.Length ? "length"u8 : "stop"u8);
        json.WriteNumber("total_duration"u8, (long)(total.TotalMilliseconds * NanosecondsPerMillisecond));
        json.WriteNumber("prompt_eval_count"u8, finish.PromptTokens);
        json.WriteNumber("prompt_eval_duration"u8, (long)(finish.PromptMilliseconds * NanosecondsPerMillisecond));
        json.WriteNumber("eval_count"u8, finish.CompletionTokens);
        json.WriteNumber("eval_duration"u8, (long)(finish.GenerationMilliseconds * NanosecondsPerMillisecond));
        json.WriteEndObject();
    }

    /// <summary>The answer to a request that only loads the model.</summary>
    public static void Loaded(Utf8JsonWriter json, string model, bool isChat, DateTimeOffset now)
    {
        Begin(json, model, now);
        Content(json, isChat, "", "", [], null);
        json.WriteBoolean("done"u8, true);
        json.WriteString("done_reason"u8, "load"u8);
        json.WriteEndObject();
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static void Calls(Utf8JsonWriter json, IReadOnlyList<OllamaCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.Id);
            json.WriteStartObject("function"u8);
            json.WriteNumber("index"u8, call.Index);
            json.WriteString("name"u8, call.Name);
            json.WritePropertyName("arguments"u8);
            call.WriteArguments(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
