using System.Text.Json;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>llama.cpp's objects: a piece of a stream, and the end.</summary>
internal static class LlamaJson
{
    // Which slot of which worker it was says nothing to a caller: no later request can ask for it.
    private const int NoSlot = -1;

    /// <summary>A piece of a stream.</summary>
    public static void Piece(Utf8JsonWriter json, LlamaHead head, int job, GenerationDelta delta, LlamaAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, job);
        json.WriteString("content"u8, delta.Text);
        Tokens(json, delta.Detail?.TokenIds ?? []);
        json.WriteBoolean("stop"u8, false);
        json.WriteNumber("id_slot"u8, NoSlot);
        json.WriteNumber("tokens_predicted"u8, answer.Predicted);
        json.WriteNumber("tokens_evaluated"u8, answer.Prompt.Tokens);
        if (head.Request.TimingsPerToken && delta.Detail is { } detail)
        {
            GenerationTimings.Write(json, new GenerationFinish
            {
                Reason = FinishReason.Stop,
                PromptTokens = answer.Prompt.Tokens,
                CachedTokens = answer.Prompt.Cached,
                CompletionTokens = answer.Predicted,
                PromptMilliseconds = detail.PromptMilliseconds,
                GenerationMilliseconds = detail.GenerationMilliseconds,
            });
        }

        if (delta.Logprobs is { } probabilities)
        {
            json.WritePropertyName("completion_probabilities"u8);
            json.WriteRawValue(probabilities, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    /// <summary>The end of a completion, with its text where it was not streamed.</summary>
    public static void End(Utf8JsonWriter json, LlamaHead head, int job, LlamaAnswer answer)
    {
        var finish = answer.Finish!;
        json.WriteStartObject();
        json.WriteNumber("index"u8, job);
        json.WriteString("content"u8, answer.Text);
        Tokens(json, answer.Tokens);
        json.WriteNumber("id_slot"u8, NoSlot);
        json.WriteBoolean("stop"u8, true);
        json.WriteString("model"u8, head.Model);
        json.WriteNumber("tokens_predicted"u8, finish.CompletionTokens);
        json.WriteNumber("tokens_evaluated"u8, finish.PromptTokens);
        json.WritePropertyName("generation_settings"u8);
        SettingsJson.Write(json, head);
        json.WriteString("prompt"u8, head.Prompt(job));
        json.WriteBoolean("has_new_line"u8, answer.HasNewLine);
        json.WriteBoolean("truncated"u8, IsTruncated(head, finish));
        json.WriteString("stop_type"u8, StopType(finish.Reason));
        json.WriteString("stopping_word"u8, finish.StopSequence ?? "");
        json.WriteNumber("tokens_cached"u8, finish.CachedTokens);
        GenerationTimings.Write(json, finish);
        if (answer.Probabilities.Length > 0)
        {
            json.WritePropertyName("completion_probabilities"u8);
            json.WriteRawValue($"[{answer.Probabilities}]", skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    // It ended for its length, and not at a limit of the request: the context was full.
    private static bool IsTruncated(LlamaHead head, GenerationFinish finish) =>
        finish.Reason == FinishReason.Length && head.Request.MaxGenerationMilliseconds is null && (head.MaxTokens is null || finish.CompletionTokens < head.MaxTokens);

    private static ReadOnlySpan<byte> StopType(FinishReason reason) => reason switch
    {
        FinishReason.Length => "limit"u8,
        FinishReason.StopSequence => "word"u8,
        _ => "eos"u8,
    };

    private static void Tokens(Utf8JsonWriter json, IReadOnlyList<int> tokens)
    {
        json.WriteStartArray("tokens"u8);
        foreach (var token in tokens)
        {
            json.WriteNumberValue(token);
        }

        json.WriteEndArray();
    }
}
