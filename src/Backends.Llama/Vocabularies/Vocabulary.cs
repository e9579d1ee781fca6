using System.Buffers;
using System.Text;
using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Vocabularies;

/// <summary>
/// A model's vocabulary, borrowed from it: text to tokens and back. Thread-safe. Special tokens in a text are parsed as such
/// (a template's markers), and special tokens that the model generates are rendered as their text: for the parsers behind us
/// a marker such as &lt;tool_call&gt; is ordinary text.
/// </summary>
internal sealed unsafe class Vocabulary
{
    private readonly LlamaModelHandle _model;
    private readonly nint _vocab;
    private readonly byte[]?[] _pieces;
    private readonly bool[] _endOfGeneration;

    internal Vocabulary(LlamaModelHandle model)
    {
        _model = model;
        _vocab = LlamaNative.llama_model_get_vocab(model);
        Size = LlamaNative.llama_vocab_n_tokens(_vocab);
        _pieces = new byte[]?[Size];
        _endOfGeneration = new bool[Size];
        for (int token = 0; token < Size; token++)
            _endOfGeneration[token] = LlamaNative.llama_vocab_is_eog(_vocab, token) != 0;
    }

    internal int Size { get; }

    /// <summary>Whether there is such a token; native code does not check.</summary>
    internal bool Contains(int token) => token >= 0 && token < Size;

    internal LlamaModelHandle Model => _model;

    /// <summary>The llama_vocab, valid while the model lives.</summary>
    internal nint Native => _vocab;

    internal string BosText => SpecialText(LlamaNative.llama_vocab_bos(_vocab));

    internal string EosText => SpecialText(LlamaNative.llama_vocab_eos(_vocab));

    internal bool AddsBos => LlamaNative.llama_vocab_get_add_bos(_vocab) != 0;

    /// <summary>What marks a gap to fill; null when the model was not trained for it.</summary>
    internal InfillTokens? Infill => InfillTokens.Of(_vocab);

    /// <summary>What stands before the first text, between two and behind the second, where a model reads a pair.</summary>
    internal PairMarks PairMarks => PairMarks.Of(_vocab);

    internal bool IsEndOfGeneration(int token) => _endOfGeneration[token];

    internal IEnumerable<int> EndOfGenerationTokens => Enumerable.Range(0, Size).Where(IsEndOfGeneration);

    /// <summary>Tokens that the model's file says are never to be generated.</summary>
    internal int[] SuppressedTokens()
    {
        int count = 0;
        int* tokens = LlamaNative.llama_vocab_get_suppress_tokens(_vocab, &count);
        return tokens is null || count <= 0 ? [] : new ReadOnlySpan<int>(tokens, count).ToArray();
    }

    /// <summary>The bytes of a token, which may end inside a UTF-8 character.</summary>
    internal ReadOnlySpan<byte> Piece(int token) => _pieces[token] ??= ReadPiece(token);

    /// <param name="text">Any text; markers of special tokens in it become these tokens.</param>
    /// <param name="addSpecial">True: with the begin token, where the model wants one. For the start of a prompt only.</param>
    /// <param name="parseSpecial">False: these markers are text like any other.</param>
    internal int[] Tokenize(string text, bool addSpecial, bool parseSpecial = true)
    {
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(text, utf8);
            return Tokenize(utf8.AsSpan(0, length), addSpecial, parseSpecial);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    internal string Detokenize(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
            return "";
        var buffer = new byte[tokens.Length * 8 + 16];
        int written = Detokenize(tokens, buffer);
        if (written < 0)
        {
            buffer = new byte[-written];
            written = Detokenize(tokens, buffer);
        }
        return Encoding.UTF8.GetString(buffer, 0, written);
    }

    private int[] Tokenize(ReadOnlySpan<byte> utf8, bool addSpecial, bool parseSpecial)
    {
        // A token is at least a byte long; two more for begin and end.
        int[] tokens = ArrayPool<int>.Shared.Rent(utf8.Length + 2);
        try
        {
            int count;
            fixed (byte* text = utf8)
            fixed (int* target = tokens)
                count = LlamaNative.llama_tokenize(_vocab, text, utf8.Length, target, tokens.Length, (byte)(addSpecial ? 1 : 0), (byte)(parseSpecial ? 1 : 0));
            return count >= 0
                ? tokens.AsSpan(0, count).ToArray()
                : throw new InvalidOperationException($"the tokenizer wanted room for {-(long)count} tokens for {utf8.Length} bytes");
        }
        finally
        {
            ArrayPool<int>.Shared.Return(tokens);
        }
    }

    private int Detokenize(ReadOnlySpan<int> tokens, byte[] buffer)
    {
        fixed (int* source = tokens)
        fixed (byte* target = buffer)
            return LlamaNative.llama_detokenize(_vocab, source, tokens.Length, target, buffer.Length, remove_special: 0, unparse_special: 1);
    }

    private byte[] ReadPiece(int token)
    {
        Span<byte> buffer = stackalloc byte[256];
        int length = ReadPiece(token, buffer);
        if (length >= 0)
            return buffer[..length].ToArray();
        var large = new byte[-length];
        return large[..Math.Max(0, ReadPiece(token, large))];
    }

    private int ReadPiece(int token, Span<byte> buffer)
    {
        fixed (byte* target = buffer)
            return LlamaNative.llama_token_to_piece(_vocab, token, target, buffer.Length, lstrip: 0, special: 1);
    }

    private string SpecialText(int token) => token < 0 ? "" : Encoding.UTF8.GetString(Piece(token));
}
