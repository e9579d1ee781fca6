using System.Buffers;
using System.Net;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>A request body of one message.</summary>
internal sealed class MessageContent : HttpContent
{
    private readonly IMessage _message;
    private readonly int _size;

    public MessageContent(IMessage message, int size)
    {
        _message = message;
        _size = size;
        Headers.TryAddWithoutValidation("content-type", HeaderNames.ContentType);
    }

    // The buffer lives in here, because the body may still be on its way when the answer is there already.
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var length = MessagePrefix.Length + _size;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            MessagePrefix.Write(buffer, _size);
            _message.WriteTo(buffer.AsSpan(MessagePrefix.Length, _size));
            await stream.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    // gRPC delimits by itself and sends no content-length.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
