using System.Buffers.Binary;

namespace LocalAI.Pipeline.Backends.Protocol.Wire;

/// <summary>The five bytes before each message: a compression flag and the length, big-endian (gRPC over HTTP/2, Length-Prefixed-Message).</summary>
internal static class MessagePrefix
{
    public const int Length = 5;

    public static void Write(Span<byte> target, int messageLength)
    {
        target[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)messageLength);
    }

    /// <summary>Length of the message behind the prefix.</summary>
    /// <exception cref="BackendCallException">
    /// <see cref="GrpcStatus.Internal"/>: the flag is set, though no encoding was agreed on, or is not a flag;
    /// <see cref="GrpcStatus.ResourceExhausted"/>: the length is over the limit.
    /// </exception>
    public static int Read(ReadOnlySpan<byte> prefix, int limit)
    {
        if (prefix[0] != 0)
        {
            throw new BackendCallException(GrpcStatus.Internal, prefix[0] == 1
                ? "A message is compressed, but no encoding was agreed on"
                : $"A message begins with the byte {prefix[0]} instead of a compression flag");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        return length <= (uint)limit ? (int)length : throw MessageSize.TooLarge(length, limit);
    }
}
