using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace LocalAI.Pipeline.Api.Responses.Sockets;

/// <summary>What a client sends, whole messages in their order, taken while a turn runs so that its leaving is seen at once.</summary>
internal sealed class SocketMessages(WebSocket socket, long maxMessageBytes)
{
    // Turns that a client may ask for before the first has ended: they run one after the other, and it is not read from meanwhile.
    private const int MaxWaiting = 16;
    private const int ReceiveBytes = 16 * 1024;

    private readonly Channel<byte[]> _received = Channel.CreateBounded<byte[]>(MaxWaiting);

    /// <exception cref="ChannelClosedException">The client has gone, and everything it sent was read.</exception>
    public ValueTask<byte[]> NextAsync(CancellationToken cancellationToken) => _received.Reader.ReadAsync(cancellationToken);

    /// <summary>Takes messages until the client goes.</summary>
    public async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await MessageAsync(cancellationToken) is { } message)
            {
                await _received.Writer.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // It went without a word, or was told to.
            return;
        }
        finally
        {
            _received.Writer.TryComplete();
        }
    }

    /// <returns>Null where the client closed, or sent more than is taken.</returns>
    private async Task<byte[]?> MessageAsync(CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            var received = await socket.ReceiveAsync(message.GetMemory(ReceiveBytes), cancellationToken);
            message.Advance(received.Count);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (message.WrittenCount > maxMessageBytes)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, $"A message is over {maxMessageBytes} bytes.", cancellationToken);
                return null;
            }

            if (received.EndOfMessage)
            {
                return message.WrittenSpan.ToArray();
            }
        }
    }
}
