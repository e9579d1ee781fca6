using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LocalAI.Pipeline.Testing;

/// <summary>
/// A loopback port that was free a moment ago, for servers that must be told their port. Prefer binding to port 0 where
/// the server can tell its port afterwards.
/// </summary>
public static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port that was not handed out before in this process.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Taken.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
