using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>Tokens of one request: its prompt once, however many choices it has, and all that was generated.</summary>
internal readonly record struct ChatUsage(int Prompt, int Cached, int Completion, int Reasoning)
{
    public ChatUsage Plus(int choice, GenerationFinish finish) => new(
        choice == 0 ? finish.PromptTokens : Prompt,
        choice == 0 ? finish.CachedTokens : Cached,
        Completion + finish.CompletionTokens,
        Reasoning + finish.ReasoningTokens);
}
