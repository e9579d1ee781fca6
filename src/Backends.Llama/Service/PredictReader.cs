using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Grammars;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>From Predict's options to a prompt and a request for the engine.</summary>
internal static class PredictReader
{
    // OpenAI allows 4 and llama.cpp any number; each costs a search per token.
    private const int StopLimit = 128;
    private const int StopLengthLimit = 1024;

    // OpenAI allows 20; each is an entry in the answer of every token.
    private const int TopLogprobsLimit = 100;

    /// <summary>The prompt's text: the rendered conversation, or the prompt as it was sent.</summary>
    internal static string Prompt(PredictOptions options, LoadedModel model, CancellationToken cancellationToken)
    {
        if (options.Images.Count + options.Audios.Count + options.Videos.Count > 0)
            throw CallErrors.Invalid("this model takes text only; the request has images, audio or video");
        if (options.NegativePrompt.Length > 0)
            throw CallErrors.Invalid("the llama backend does not support NegativePrompt");
        return options.Infill is not null ? model.Model.Vocabulary.Detokenize(InfillPrompt.Build(options.Infill, model.Model.Vocabulary))
            : options.UseTokenizerTemplate && options.Messages.Count > 0 ? model.Chat.Render(ConversationReader.Read(options), cancellationToken)
            : options.Prompt;
    }

    /// <summary>The prompt's tokens: those that were sent, or those of its text.</summary>
    internal static int[] Tokens(PredictOptions options, string prompt, LoadedModel model)
        => options.Infill is not null ? InfillPrompt.Build(options.Infill, model.Model.Vocabulary)
            : options.PromptTokens.Count > 0 ? TokenCalls.Checked(model, options.PromptTokens)
            : model.TokenizePrompt(prompt);

    internal static GenerationRequest Request(PredictOptions options, string prompt, LoadedModel model)
    {
        bool lazy = options.GrammarLazy || model.Settings.GrammarTriggers.Count > 0;
        IReadOnlyList<string> triggers = options.GrammarTriggers.Count > 0 ? options.GrammarTriggers : model.Settings.GrammarTriggers;
        return new GenerationRequest
        {
            Prompt = WithContinuation(options, prompt, model),
            Scope = new CacheScope(model.Settings.SharesCache ? "" : options.CacheOwner, LoraReader.Read(options, model.Settings)),
            Keep = options.NKeep,
            DraftTokens = options.NDraft,
            PromptOnly = options.PromptOnly,
            IgnoreCache = options.IgnorePromptCache,
            TimeLimit = options.MaxPredictMilliseconds > 0 ? TimeSpan.FromMilliseconds(options.MaxPredictMilliseconds) : null,
            Continuation = options.Continuation,
            MaxTokens = Math.Max(0, options.Tokens),
            Sampling = SamplingReader.Read(options, model.Model.Vocabulary, model.Engine.ContextSize),
            Grammar = options.Grammar,
            Triggers = lazy && options.Grammar.Length > 0 ? new GrammarTriggers(triggers) : null,
            Stops = Stops(options),
            TopLogprobs = TopLogprobs(options),
        };
    }

    private static int[] WithContinuation(PredictOptions options, string prompt, LoadedModel model)
        => options.Infill is null && options.PromptTokens.Count == 0
            // Together, so that a token may reach over the border as it did when the text was generated.
            ? model.TokenizePrompt(prompt + options.Continuation)
            : [.. Tokens(options, prompt, model), .. model.Model.Vocabulary.Tokenize(options.Continuation, addSpecial: false)];

    private static List<string> Stops(PredictOptions options)
    {
        List<string> stops = [.. options.StopPrompts.Where(stop => stop.Length > 0)];
        if (stops.Count > StopLimit)
            throw CallErrors.Invalid($"StopPrompts has {stops.Count} entries; at most {StopLimit} are possible");
        return stops.TrueForAll(stop => stop.Length <= StopLengthLimit)
            ? stops
            : throw CallErrors.Invalid($"a stop string is longer than {StopLengthLimit} characters");
    }

    private static int? TopLogprobs(PredictOptions options)
    {
        if (options.Logprobs <= 0 && options.TopLogprobs <= 0)
            return null;
        return options.TopLogprobs is >= 0 and <= TopLogprobsLimit
            ? options.TopLogprobs
            : throw CallErrors.Invalid($"TopLogprobs is {options.TopLogprobs}; 0 to {TopLogprobsLimit} is possible");
    }
}
