using System.Buffers;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>Cuts a response body into messages. One read of the stream may bring many of them.</summary>
internal sealed class MessageReader(Stream stream, int maxMessageBytes) : IDisposable
{
    // Room for some dozens of token messages. Grows by doubling, so that a length alone reserves no memory.
    private const int FirstBufferBytes = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start;
    private int _end;

    /// <summary>The next message, or null at the end of the body.</summary>
    /// <exception cref="BackendCallException">The bytes are no message, or one that is too long.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        while (true)
        {
            if (Take(parser) is { } message)
            {
                return message;
            }

            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return _start == _end ? null : throw new BackendCallException(GrpcStatus.Internal, "The answer ends inside a message");
            }

            _end += read;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
    }

    private T? Take<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var received = _buffer.AsSpan(_start.._end);
        if (received.Length < MessagePrefix.Length)
        {
            return null;
        }

        var length = MessagePrefix.Read(received, maxMessageBytes);
        if (received.Length - MessagePrefix.Length < length)
        {
            return null;
        }

        _start += MessagePrefix.Length + length;
        try
        {
            return parser.ParseFrom(received.Slice(MessagePrefix.Length, length));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new BackendCallException(GrpcStatus.Internal, $"The answer is not a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var unread = _buffer.AsSpan(_start.._end);
            var target = _start > _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            unread.CopyTo(target);
            if (target != _buffer)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = target;
            }

            _end -= _start;
            _start = 0;
        }
    }
}
