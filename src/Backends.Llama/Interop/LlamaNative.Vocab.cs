using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

internal static unsafe partial class LlamaNative
{
    [LibraryImport(Library)]
    internal static partial int llama_vocab_n_tokens(nint vocab);

    [LibraryImport(Library)]
    internal static partial byte llama_vocab_is_eog(nint vocab, int token);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_bos(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_eos(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_fim_pre(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_fim_suf(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_fim_mid(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_fim_rep(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_fim_sep(nint vocab);

    [LibraryImport(Library)]
    internal static partial byte llama_vocab_get_add_bos(nint vocab);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_sep(nint vocab);

    [LibraryImport(Library)]
    internal static partial byte llama_vocab_get_add_eos(nint vocab);

    [LibraryImport(Library)]
    internal static partial byte llama_vocab_get_add_sep(nint vocab);

    [LibraryImport(Library)]
    internal static partial int* llama_vocab_get_suppress_tokens(nint vocab, int* n_suppress_tokens);

    /// <summary>The number of tokens; negative: minus the number that would have been written. Thread-safe.</summary>
    [LibraryImport(Library)]
    internal static partial int llama_tokenize(nint vocab, byte* text, int text_len, int* tokens, int n_tokens_max, byte add_special, byte parse_special);

    [LibraryImport(Library)]
    internal static partial int llama_token_to_piece(nint vocab, int token, byte* buf, int length, int lstrip, byte special);

    [LibraryImport(Library)]
    internal static partial int llama_detokenize(nint vocab, int* tokens, int n_tokens, byte* text, int text_len_max, byte remove_special, byte unparse_special);
}
