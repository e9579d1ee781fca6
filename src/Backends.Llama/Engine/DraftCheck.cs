using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>Whether one model can draft for another: each token must be the same text in both, and guesses must be able to leave again.</summary>
internal static class DraftCheck
{
    // Models of one family pad their vocabularies differently: tokens that nobody can write.
    private const int MostPadding = 128;

    /// <exception cref="InvalidModelException">It cannot, with the reason.</exception>
    internal static void Run(LlamaModel target, LlamaModel draft)
    {
        if (target.IsRecurrent || draft.IsRecurrent)
            throw new InvalidModelException("a draft model needs caches that can be cut, and a recurrent model's cannot");
        if (target.SlidingWindow > 0 || draft.SlidingWindow > 0)
            throw new InvalidModelException("a draft model needs caches that can be cut, and that of a model with a sliding window may have lost what is needed then");
        if (!draft.CanGenerate)
            throw new InvalidModelException("the draft model does not generate text");
        int common = Math.Min(target.Vocabulary.Size, draft.Vocabulary.Size);
        if (Math.Abs(target.Vocabulary.Size - draft.Vocabulary.Size) > MostPadding)
            throw new InvalidModelException($"the draft model has {draft.Vocabulary.Size} tokens, the model {target.Vocabulary.Size}: their vocabularies must be the same");
        for (int token = 0; token < common; token++)
        {
            if (!target.Vocabulary.Piece(token).SequenceEqual(draft.Vocabulary.Piece(token)))
                throw new InvalidModelException($"token {token} is another text in the draft model: the vocabularies must be the same");
        }
    }
}
