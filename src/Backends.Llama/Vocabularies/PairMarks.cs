using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Vocabularies;

/// <summary>The tokens around two texts that a model reads together, as the vocabulary's own switches say (llama.cpp's server does the same).</summary>
internal sealed record PairMarks(IReadOnlyList<int> Begin, IReadOnlyList<int> Between, IReadOnlyList<int> End)
{
    internal static PairMarks Of(nint vocab)
    {
        int separator = LlamaNative.llama_vocab_sep(vocab);
        int end = LlamaNative.llama_vocab_eos(vocab);
        // BERT's vocabularies end a text with what separates two.
        end = end < 0 ? separator : end;
        int[] ends = LlamaNative.llama_vocab_get_add_eos(vocab) != 0 ? Known(end) : [];
        int[] separators = LlamaNative.llama_vocab_get_add_sep(vocab) != 0 ? Known(separator) : [];
        int[] begins = LlamaNative.llama_vocab_get_add_bos(vocab) != 0 ? Known(LlamaNative.llama_vocab_bos(vocab)) : [];
        return new PairMarks(begins, [.. ends, .. separators], ends);
    }

    // LLAMA_TOKEN_NULL is -1.
    private static int[] Known(int token) => token < 0 ? [] : [token];
}
