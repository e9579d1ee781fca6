using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>Turns pieces that may end inside a character into whole characters; bytes that are none become U+FFFD.</summary>
internal sealed class Utf8Stream
{
    private static readonly byte[] Replacement = "\uFFFD"u8.ToArray();

    // A character has at most four bytes, so at most three wait.
    private readonly byte[] _pending = new byte[3];
    private int _pendingCount;

    /// <summary>Bytes that wait for the rest of their character.</summary>
    internal int Pending => _pendingCount;

    internal void Append(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        if (_pendingCount == 0 && Utf8.IsValid(piece))
        {
            output.Write(piece);
            return;
        }
        Span<byte> joined = new byte[_pendingCount + piece.Length];
        _pending.AsSpan(0, _pendingCount).CopyTo(joined);
        piece.CopyTo(joined[_pendingCount..]);
        _pendingCount = 0;
        Decode(joined, output);
    }

    /// <summary>Nothing more comes: what waits is no character.</summary>
    internal void End(IBufferWriter<byte> output)
    {
        if (_pendingCount > 0)
            output.Write(Replacement);
        _pendingCount = 0;
    }

    private void Decode(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        while (bytes.Length > 0)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                bytes.CopyTo(_pending);
                _pendingCount = bytes.Length;
                return;
            }
            output.Write(status == OperationStatus.Done ? bytes[..consumed] : Replacement);
            bytes = bytes[consumed..];
        }
    }
}
