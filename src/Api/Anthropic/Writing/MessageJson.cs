using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>The pieces that events and whole answers share.</summary>
internal static class MessageJson
{
    public static void Head(Utf8JsonWriter json, MessageHead head)
    {
        json.WriteString("id"u8, head.Id);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, head.Model);
    }

    public static void Text(Utf8JsonWriter json, string text)
    {
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
    }

    public static void Thinking(Utf8JsonWriter json, string thinking, string signature)
    {
        json.WriteString("type"u8, "thinking"u8);
        json.WriteString("thinking"u8, thinking);
        json.WriteString("signature"u8, signature);
    }

    /// <summary>A call but for its <c>input</c>.</summary>
    public static void ToolUse(Utf8JsonWriter json, ContentBlock block)
    {
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, block.Id);
        json.WriteString("name"u8, block.Name);
        json.WriteStartObject("caller"u8);
        json.WriteString("type"u8, "direct"u8);
        json.WriteEndObject();
    }

    /// <summary><c>stop_reason</c> and <c>stop_sequence</c>; null before the end.</summary>
    public static void Stop(Utf8JsonWriter json, MessageHead head, GenerationFinish? finish)
    {
        var isAsked = finish is { Reason: FinishReason.StopSequence } && head.AskedToStopAt(finish.StopSequence);
        json.WriteString("stop_reason"u8, finish?.Reason switch
        {
            null => null,
            FinishReason.Length => "max_tokens",
            FinishReason.ToolCalls => "tool_use",
            _ => isAsked ? "stop_sequence" : "end_turn",
        });
        json.WriteString("stop_sequence"u8, isAsked ? finish!.StopSequence : null);
    }

    /// <summary>What is known at the end.</summary>
    public static void Usage(Utf8JsonWriter json, GenerationFinish? finish) =>
        Usage(json, finish?.PromptTokens ?? 0, finish?.CachedTokens ?? 0, finish?.CompletionTokens ?? 0, finish?.ReasoningTokens ?? 0);

    /// <summary>What is known at the start: the prompt, unless the stream began before the model had read it.</summary>
    public static void Usage(Utf8JsonWriter json, PromptCounts? prompt) => Usage(json, prompt?.Tokens ?? 0, prompt?.Cached ?? 0, 0, 0);

    // Anthropic counts what came from the cache apart from the rest of the input.
    private static void Usage(Utf8JsonWriter json, int prompt, int cached, int output, int thinking)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, Math.Max(0, prompt - cached));
        json.WriteNumber("cache_creation_input_tokens"u8, 0);
        json.WriteNumber("cache_read_input_tokens"u8, cached);
        json.WriteNumber("output_tokens"u8, output);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("thinking_tokens"u8, thinking);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
