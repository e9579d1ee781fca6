using System.Text.Json;
using LocalAI.Pipeline.Api.Responses.Background;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>The response object: every field at every time.</summary>
internal static class ResponseJson
{
    public static void Write(Utf8JsonWriter json, ResponseHead head, ResponseState state)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, head.Id);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, head.CreatedAt);
        json.WriteString("status"u8, state.Status);
        if (state.CompletedAt is { } completed)
        {
            json.WriteNumber("completed_at"u8, completed);
        }
        else
        {
            json.WriteNull("completed_at"u8);
        }

        Error(json, state);
        Incomplete(json, state);
        json.WritePropertyName("output"u8);
        ItemJson.WriteAll(json, state.Output);
        Usage(json, state.Finish);
        using var settings = JsonDocument.Parse(head.Settings);
        foreach (var field in settings.RootElement.EnumerateObject())
        {
            field.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>A response object with one more field, our own, that tells where it stands in the queue.</summary>
    public static void WriteQueued(Utf8JsonWriter json, string body, QueuePosition position)
    {
        using var response = JsonDocument.Parse(body);
        json.WriteStartObject();
        foreach (var field in response.RootElement.EnumerateObject())
        {
            field.WriteTo(json);
        }

        json.WriteStartObject("localai_queue"u8);
        json.WriteNumber("position"u8, position.Position);
        if (position.EstimatedSeconds is { } seconds)
        {
            json.WriteNumber("estimated_seconds"u8, seconds);
        }
        else
        {
            json.WriteNull("estimated_seconds"u8);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>usage</c>; null before the counts are known.</summary>
    public static void Usage(Utf8JsonWriter json, GenerationFinish? finish)
    {
        if (finish is null)
        {
            json.WriteNull("usage"u8);
            return;
        }

        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, finish.PromptTokens);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, finish.CachedTokens);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, finish.CompletionTokens);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, finish.ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, finish.PromptTokens + finish.CompletionTokens);
        json.WriteEndObject();
    }

    private static void Error(Utf8JsonWriter json, ResponseState state)
    {
        if (state.Error is not { } error)
        {
            json.WriteNull("error"u8);
            return;
        }

        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
    }

    private static void Incomplete(Utf8JsonWriter json, ResponseState state)
    {
        if (state.IncompleteReason is not { } reason)
        {
            json.WriteNull("incomplete_details"u8);
            return;
        }

        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }
}
