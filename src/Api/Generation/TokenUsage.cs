using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Tokens of one request: each prompt once, however many answers it gets, and all that was generated.</summary>
internal readonly record struct TokenUsage(int Prompt, int Cached, int Completion, int Reasoning)
{
    /// <param name="isFirst">It is the first answer to its prompt.</param>
    public TokenUsage Plus(GenerationFinish finish, bool isFirst) => new(
        isFirst ? Prompt + finish.PromptTokens : Prompt,
        isFirst ? Cached + finish.CachedTokens : Cached,
        Completion + finish.CompletionTokens,
        Reasoning + finish.ReasoningTokens);

    /// <summary>OpenAI's <c>usage</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, Prompt);
        json.WriteNumber("completion_tokens"u8, Completion);
        json.WriteNumber("total_tokens"u8, Prompt + Completion);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, Cached);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
