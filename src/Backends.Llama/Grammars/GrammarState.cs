using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// One grammar and how far a text has come in it. llama.cpp throws a C++ exception, which would end the process, when it is made
/// to accept a token that the grammar does not allow: here each token is asked for before it is accepted.
/// </summary>
internal sealed unsafe class GrammarState : IDisposable
{
    private const string Root = "root";

    private readonly LlamaSamplerHandle _grammar;
    private readonly Vocabulary _vocabulary;

    private GrammarState(LlamaSamplerHandle grammar, Vocabulary vocabulary)
    {
        _grammar = grammar;
        _vocabulary = vocabulary;
    }

    /// <param name="vocabulary">Whose tokens the text is made of.</param>
    /// <param name="grammar">GBNF with a rule named root.</param>
    /// <exception cref="GrammarException">The grammar does not parse or is too large.</exception>
    internal static GrammarState Create(Vocabulary vocabulary, string grammar)
    {
        GbnfCheck.Run(grammar);
        nint sampler = LlamaNative.llama_sampler_init_grammar(vocabulary.Native, grammar, Root);
        return sampler != 0
            ? new GrammarState(new LlamaSamplerHandle(sampler, vocabulary.Model), vocabulary)
            : throw new GrammarException("llama.cpp does not accept this grammar");
    }

    internal bool Allows(int token)
    {
        var candidate = new llama_token_data { id = token, logit = 1 };
        var single = new llama_token_data_array { data = &candidate, size = 1, selected = -1 };
        LlamaNative.llama_sampler_apply(_grammar, &single);
        return !float.IsNegativeInfinity(candidate.logit);
    }

    /// <summary>Whether the text may end here.</summary>
    internal bool MayEnd() => _vocabulary.EndOfGenerationTokens.Any(Allows);

    /// <summary>Forbids what the grammar does not allow next.</summary>
    internal void Restrict(llama_token_data_array* candidates) => LlamaNative.llama_sampler_apply(_grammar, candidates);

    /// <returns>False when the grammar does not allow the token; nothing has changed then.</returns>
    internal bool TryAccept(int token)
    {
        if (!Allows(token))
            return false;
        LlamaNative.llama_sampler_accept(_grammar, token);
        return true;
    }

    public void Dispose() => _grammar.Dispose();
}
