using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// Spells bytes with tokens whose pieces are exactly these bytes, longest first, for feeding a grammar. The tokenizer is no help
/// there: some begin every text with a space of their own.
/// </summary>
internal sealed class PieceCover
{
    private readonly Vocabulary _vocabulary;
    private readonly List<int>[] _byFirstByte = new List<int>[256];

    internal PieceCover(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        for (int i = 0; i < _byFirstByte.Length; i++)
            _byFirstByte[i] = [];
        for (int token = 0; token < vocabulary.Size; token++)
        {
            ReadOnlySpan<byte> piece = vocabulary.Piece(token);
            if (piece.Length > 0 && !vocabulary.IsEndOfGeneration(token))
                _byFirstByte[piece[0]].Add(token);
        }
        foreach (List<int> tokens in _byFirstByte)
            tokens.Sort((a, b) => vocabulary.Piece(b).Length.CompareTo(vocabulary.Piece(a).Length));
    }

    /// <exception cref="GrammarException">The vocabulary has no token for one of the bytes.</exception>
    internal List<int> Spell(ReadOnlySpan<byte> text)
    {
        var tokens = new List<int>();
        while (text.Length > 0)
        {
            int token = Longest(text);
            tokens.Add(token);
            text = text[_vocabulary.Piece(token).Length..];
        }
        return tokens;
    }

    private int Longest(ReadOnlySpan<byte> text)
    {
        foreach (int token in _byFirstByte[text[0]])
        {
            if (text.StartsWith(_vocabulary.Piece(token)))
                return token;
        }
        throw new GrammarException($"the model's vocabulary has no token for the byte 0x{text[0]:x2}");
    }
}
