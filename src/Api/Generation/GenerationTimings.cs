using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>llama.cpp's <c>timings</c>.</summary>
internal static class GenerationTimings
{
    public static void Write(Utf8JsonWriter json, GenerationFinish finish)
    {
        var prompt = finish.PromptTokens - finish.CachedTokens;
        json.WriteStartObject("timings"u8);
        json.WriteNumber("cache_n"u8, finish.CachedTokens);
        json.WriteNumber("prompt_n"u8, prompt);
        json.WriteNumber("prompt_ms"u8, finish.PromptMilliseconds);
        json.WriteNumber("prompt_per_token_ms"u8, PerToken(prompt, finish.PromptMilliseconds));
        json.WriteNumber("prompt_per_second"u8, PerSecond(prompt, finish.PromptMilliseconds));
        json.WriteNumber("predicted_n"u8, finish.CompletionTokens);
        json.WriteNumber("predicted_ms"u8, finish.GenerationMilliseconds);
        json.WriteNumber("predicted_per_token_ms"u8, PerToken(finish.CompletionTokens, finish.GenerationMilliseconds));
        json.WriteNumber("predicted_per_second"u8, PerSecond(finish.CompletionTokens, finish.GenerationMilliseconds));
        json.WriteEndObject();
    }

    private static double PerToken(int tokens, double milliseconds) => tokens > 0 ? milliseconds / tokens : 0;

    private static double PerSecond(int tokens, double milliseconds) => milliseconds > 0 ? tokens * 1000 / milliseconds : 0;
}
