using LocalAI.Pipeline.Backends.Llama.Grammars;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>Chooses one generation's tokens. Not thread-safe: made by the request, used by the engine thread.</summary>
internal sealed unsafe class TokenSampler : IDisposable
{
    /// <summary>What <see cref="Sample"/> answers when neither grammar nor bias leaves a token.</summary>
    internal const int NoToken = -1;

    private readonly Vocabulary _vocabulary;
    private readonly LlamaSamplerHandle _chain;
    private readonly GrammarConstraint? _grammar;

    internal TokenSampler(Vocabulary vocabulary, SamplingSettings settings, GrammarConstraint? grammar)
    {
        _vocabulary = vocabulary;
        _grammar = grammar;
        _chain = SamplerChain.Create(vocabulary, settings, settings.Seed ?? RandomSeed());
    }

    /// <summary>Whether the grammar, if there is one, lets the text end here.</summary>
    internal bool MayEnd() => _grammar?.MayEnd() ?? true;

    /// <param name="logits">One number per token of the vocabulary.</param>
    /// <param name="candidates">Scratch space of the engine.</param>
    internal int Sample(float* logits, CandidateBuffer candidates)
    {
        int token = Choose(logits, candidates, restricted: false);
        // Asking the grammar about one token is far cheaper than about all, and most of the time the answer is yes.
        return _grammar is null || (token != NoToken && _grammar.Allows(token)) ? token : Choose(logits, candidates, restricted: true);
    }

    /// <exception cref="GrammarException">A lazy grammar does not accept the text that triggered it.</exception>
    internal void Accept(int token)
    {
        if (!_vocabulary.IsEndOfGeneration(token))
            _grammar?.Accept(token);
        LlamaNative.llama_sampler_accept(_chain, token);
    }

    /// <summary>Shows the penalties a token of the prompt, to which no grammar applies.</summary>
    internal void Recall(int token) => LlamaNative.llama_sampler_accept(_chain, token);

    public void Dispose()
    {
        _chain.Dispose();
        _grammar?.Dispose();
    }

    private int Choose(float* logits, CandidateBuffer candidates, bool restricted)
    {
        llama_token_data_array all = candidates.All(logits);
        if (restricted)
        {
            _grammar!.Restrict(&all);
            if (!AnyLeft(all))
                return NoToken;
        }
        LlamaNative.llama_sampler_apply(_chain, &all);
        if (all.selected < 0 || (nuint)all.selected >= all.size)
            return NoToken;
        llama_token_data chosen = all.data[all.selected];
        return float.IsNegativeInfinity(chosen.logit) ? NoToken : chosen.id;
    }

    private static bool AnyLeft(llama_token_data_array candidates)
    {
        for (nuint i = 0; i < candidates.size; i++)
        {
            if (!float.IsNegativeInfinity(candidates.data[i].logit))
                return true;
        }
        return false;
    }

    // 0xFFFFFFFF would let llama.cpp draw one of its own.
    private static uint RandomSeed() => (uint)Random.Shared.NextInt64(uint.MaxValue);
}
