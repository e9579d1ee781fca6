using System.Net.Sockets;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>
/// Asks whether a server still speaks HTTP/2: it must answer a new connection with its settings (RFC 9113, section 3.4). Unlike
/// Health that needs none of the backend's own threads: one with a single worker thread answers no call while it generates.
/// </summary>
internal static class Greeting
{
    // The client's preface with an empty SETTINGS frame: length 0, type 4, no flags, stream 0.
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    public static async Task<bool> ComesAsync(BackendAddress address, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var socket = address.IsUnixSocket
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(await address.ToEndPointAsync(limit.Token), limit.Token);
            await socket.SendAsync(Preface, limit.Token);
            return await socket.ReceiveAsync(new byte[1], limit.Token) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
