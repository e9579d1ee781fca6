using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LocalAI.Pipeline.Testing;

/// <summary>
/// A loopback port that leads to another, and can be cut: to the far side that looks as if the process on the near side had
/// died, to the near side as if the server were gone.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <summary>Starts to listen.</summary>
    public TcpProxy(int targetPort)
    {
        _target = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Resets all connections and refuses new ones.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var socket in _open.Keys)
        {
            // A time-out of zero sends a reset.
            socket.Close(0);
        }
    }

    /// <summary>Lets new connections through again.</summary>
    public void Mend() => _isCut = false;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await _listener.AcceptSocketAsync();
            }
            catch (SocketException)
            {
                // The listener was stopped.
                return;
            }

            _ = ForwardAsync(near);
        }
    }

    private async Task ForwardAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _open[near] = true;
        _open[far] = true;
        try
        {
            if (!_isCut)
            {
                await far.ConnectAsync(IPAddress.Loopback, _target);
                near.NoDelay = true;
                await using var nearStream = new NetworkStream(near);
                await using var farStream = new NetworkStream(far);
                await Task.WhenAny(farStream.CopyToAsync(nearStream), nearStream.CopyToAsync(farStream));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // One side went away, or Cut closed both.
        }
        finally
        {
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
            near.Dispose();
        }
    }
}
