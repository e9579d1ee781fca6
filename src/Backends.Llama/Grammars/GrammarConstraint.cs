using System.Buffers;
using System.Text;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// The grammar of one generation: in force from the start, or, when it is lazy, from the first trigger on. The triggers are
/// looked for here and not in llama.cpp, whose std::regex can overflow the stack and throws across the border.
/// </summary>
internal sealed unsafe class GrammarConstraint : IDisposable
{
    private readonly GrammarState _state;
    private readonly Vocabulary _vocabulary;
    private readonly GrammarTriggers? _triggers;
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly List<(int Token, int Start)> _tokens = [];

    /// <exception cref="GrammarException">The grammar does not parse.</exception>
    internal GrammarConstraint(Vocabulary vocabulary, string grammar, GrammarTriggers? triggers)
    {
        _vocabulary = vocabulary;
        _triggers = triggers;
        _state = GrammarState.Create(vocabulary, grammar);
        InForce = triggers is null;
    }

    internal bool InForce { get; private set; }

    internal bool Allows(int token) => !InForce || _state.Allows(token);

    internal bool MayEnd() => !InForce || _state.MayEnd();

    internal void Restrict(llama_token_data_array* candidates)
    {
        if (InForce)
            _state.Restrict(candidates);
    }

    /// <exception cref="GrammarException">The grammar does not allow the token, or not the text it is triggered by.</exception>
    internal void Accept(int token)
    {
        if (InForce)
        {
            Feed(token);
            return;
        }
        int known = _text.WrittenCount;
        _tokens.Add((token, known));
        _text.Write(_vocabulary.Piece(token));
        int start = _triggers!.Find(_text.WrittenSpan, known);
        if (start >= 0)
            Begin(start);
    }

    /// <summary>Goes on behind a text that was produced before.</summary>
    /// <exception cref="GrammarException">The text does not follow the grammar.</exception>
    internal void AcceptText(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int[] tokens = _vocabulary.Tokenize(text, addSpecial: false);
        IEnumerable<int> exact = SpellsExactly(tokens, utf8) ? tokens : new PieceCover(_vocabulary).Spell(utf8);
        foreach (int token in exact)
            Accept(token);
    }

    public void Dispose() => _state.Dispose();

    private bool SpellsExactly(int[] tokens, ReadOnlySpan<byte> text)
    {
        foreach (int token in tokens)
        {
            ReadOnlySpan<byte> piece = _vocabulary.Piece(token);
            if (!text.StartsWith(piece))
                return false;
            text = text[piece.Length..];
        }
        return text.IsEmpty;
    }

    // The grammar sees the text from the trigger on; a token that the trigger begins inside of is spelt out.
    private void Begin(int start)
    {
        InForce = true;
        foreach ((int token, int tokenStart) in _tokens)
        {
            ReadOnlySpan<byte> piece = _vocabulary.Piece(token);
            if (tokenStart >= start)
                Feed(token);
            else if (tokenStart + piece.Length > start)
                new PieceCover(_vocabulary).Spell(piece[(start - tokenStart)..]).ForEach(Feed);
        }
        _tokens.Clear();
    }

    private void Feed(int token)
    {
        if (!_state.TryAccept(token))
            throw new GrammarException($"the grammar does not allow '{Encoding.UTF8.GetString(_vocabulary.Piece(token))}' where the text has it");
    }
}
