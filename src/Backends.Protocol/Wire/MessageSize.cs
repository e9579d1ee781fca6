using System.Globalization;
using Google.Protobuf;

namespace LocalAI.Pipeline.Backends.Protocol.Wire;

internal static class MessageSize
{
    /// <summary>
    /// Bytes of one message, both ways. The largest that is legitimate is a prompt with some base64 images of several MB each;
    /// LocalAI's own controller and backends stop at 50 MiB, so nothing they accept is refused here.
    /// </summary>
    public const int DefaultLimit = 64 * 1024 * 1024;

    /// <summary>The message's encoded size in bytes.</summary>
    /// <exception cref="BackendCallException"><see cref="GrpcStatus.ResourceExhausted"/>: it is over the limit.</exception>
    public static int Check(IMessage message, int limit)
    {
        var size = message.CalculateSize();
        return size <= limit ? size : throw TooLarge(size, limit);
    }

    public static BackendCallException TooLarge(long size, int limit) =>
        new(GrpcStatus.ResourceExhausted, string.Create(CultureInfo.InvariantCulture, $"A message of {size} bytes is over the limit of {limit} bytes"));
}
