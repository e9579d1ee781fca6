using System.Buffers;
using System.Text;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>
/// Looks for stop strings across the borders of pieces. It holds back only the end of the text that may still become a stop
/// string, so that no part of one is ever shown.
/// </summary>
internal sealed class StopScanner
{
    private readonly string[] _stops;
    private readonly byte[][] _bytes;
    private readonly ArrayBufferWriter<byte> _held = new();

    // How much of what is held was shown before, as the end of a continuation.
    private int _known;

    internal StopScanner(IReadOnlyList<string> stops)
    {
        _stops = [.. stops];
        _bytes = [.. stops.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The stop string that was found; nothing is passed on any more then.</summary>
    internal string? Found { get; private set; }

    /// <summary>Goes on behind a text that was shown before: a stop string may begin in its end.</summary>
    internal void Continue(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        _known = Threatening(utf8);
        _held.Write(utf8.AsSpan(utf8.Length - _known));
    }

    internal void Append(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (Found is not null)
            return;
        if (_bytes.Length == 0)
        {
            output.Write(text);
            return;
        }
        _held.Write(text);
        (int at, int stop) = First(_held.WrittenSpan);
        int release = stop >= 0 ? at : _held.WrittenCount - Threatening(_held.WrittenSpan);
        Found = stop >= 0 ? _stops[stop] : null;
        Release(release, output);
    }

    /// <summary>Nothing more comes: what was held back is no stop string.</summary>
    internal void End(IBufferWriter<byte> output)
    {
        if (Found is null)
            Release(_held.WrittenCount, output);
        _held.ResetWrittenCount();
    }

    private void Release(int count, IBufferWriter<byte> output)
    {
        int known = Math.Min(_known, count);
        _known -= known;
        output.Write(_held.WrittenSpan[known..count]);
        int rest = _held.WrittenCount - count;
        // What stays is shorter than the longest stop string.
        byte[] kept = rest > 0 ? _held.WrittenSpan[count..].ToArray() : [];
        _held.ResetWrittenCount();
        _held.Write(kept);
    }

    private (int At, int Stop) First(ReadOnlySpan<byte> text)
    {
        (int At, int Stop) first = (text.Length, -1);
        for (int i = 0; i < _bytes.Length; i++)
        {
            int at = text.IndexOf(_bytes[i]);
            if (at >= 0 && at < first.At)
                first = (at, i);
        }
        return first;
    }

    // The longest end of the text that is the beginning of a stop string.
    private int Threatening(ReadOnlySpan<byte> text)
    {
        int longest = 0;
        foreach (byte[] stop in _bytes)
        {
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text[^length..].SequenceEqual(stop.AsSpan(0, length)))
                    longest = length;
            }
        }
        return longest;
    }
}
