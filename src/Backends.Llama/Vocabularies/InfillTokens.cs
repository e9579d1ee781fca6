using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Vocabularies;

/// <summary>The tokens that a model was trained to fill gaps with.</summary>
/// <param name="Begin">The token that begins any prompt, or null.</param>
/// <param name="Prefix">Before the text that precedes the gap.</param>
/// <param name="Suffix">Before the text that follows it.</param>
/// <param name="Middle">Before what fills it.</param>
/// <param name="Repository">Before a repository's name, or null.</param>
/// <param name="File">Before a file's name, or null.</param>
internal sealed record InfillTokens(int? Begin, int Prefix, int Suffix, int Middle, int? Repository, int? File)
{
    internal static InfillTokens? Of(nint vocab)
    {
        int? begin = LlamaNative.llama_vocab_get_add_bos(vocab) != 0 ? Known(LlamaNative.llama_vocab_bos(vocab)) : null;
        int? prefix = Known(LlamaNative.llama_vocab_fim_pre(vocab));
        int? suffix = Known(LlamaNative.llama_vocab_fim_suf(vocab));
        int? middle = Known(LlamaNative.llama_vocab_fim_mid(vocab));
        return prefix is null || suffix is null || middle is null
            ? null
            : new InfillTokens(begin, prefix.Value, suffix.Value, middle.Value, Known(LlamaNative.llama_vocab_fim_rep(vocab)), Known(LlamaNative.llama_vocab_fim_sep(vocab)));
    }

    // LLAMA_TOKEN_NULL is -1.
    private static int? Known(int token) => token < 0 ? null : token;
}
