using System.Buffers;
using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>
/// From the bytes of tokens to the text that is shown: whole characters, nothing of a stop string. A token's id and log
/// probabilities go out with the end of its text; those of a token whose text a stop string swallowed do not.
/// </summary>
internal sealed class OutputText(IReadOnlyList<string> stops, GenerationOutput output)
{
    private readonly Utf8Stream _characters = new();
    private readonly StopScanner _scanner = new(stops);
    private readonly ArrayBufferWriter<byte> _whole = new();
    private readonly ArrayBufferWriter<byte> _shown = new();
    private readonly Queue<(int Token, long Start, long End, byte[] Logprob)> _waiting = new();
    private readonly List<int> _tokens = [];
    private readonly ArrayBufferWriter<byte> _logprobs = new();
    private long _wholeLength;
    private long _shownLength;
    private long _lastEnd;
    private int _generated;

    internal int Generated => _generated;

    /// <summary>Goes on behind a text that was shown before.</summary>
    internal void Continue(string text) => _scanner.Continue(text);

    internal string? StopFound => _scanner.Found;

    /// <param name="token">The token.</param>
    /// <param name="piece">Its bytes.</param>
    /// <param name="logprob">Its entry as JSON, or empty.</param>
    internal void Append(int token, ReadOnlySpan<byte> piece, byte[] logprob)
    {
        _generated++;
        _characters.Append(piece, _whole);
        Scan();
        long end = _wholeLength + _characters.Pending;
        _waiting.Enqueue((token, _lastEnd, end, logprob));
        _lastEnd = end;
        Show(final: false);
    }

    internal void End(FinishReason reason)
    {
        if (_scanner.Found is null)
        {
            _characters.End(_whole);
            Scan();
            _scanner.End(_shown);
        }
        Show(final: true);
        output.Complete(new GenerationSummary(reason, _scanner.Found));
    }

    private void Scan()
    {
        _scanner.Append(_whole.WrittenSpan, _shown);
        _wholeLength += _whole.WrittenCount;
        _whole.ResetWrittenCount();
    }

    private void Show(bool final)
    {
        _shownLength += _shown.WrittenCount;
        bool all = final && _scanner.Found is null;
        while (_waiting.TryPeek(out var next) && (all || next.End <= _shownLength || (final && next.Start < _shownLength)))
        {
            _waiting.Dequeue();
            _tokens.Add(next.Token);
            if (next.Logprob.Length > 0 && _logprobs.WrittenCount > 0)
                _logprobs.Write(","u8);
            _logprobs.Write(next.Logprob);
        }
        output.Publish(_shown.WrittenSpan, CollectionsMarshal.AsSpan(_tokens), _logprobs.WrittenSpan, _generated);
        _shown.ResetWrittenCount();
        _tokens.Clear();
        _logprobs.ResetWrittenCount();
    }
}
