using System.Net;
using System.Net.Sockets;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>A free loopback port for a backend that cannot listen on a Unix socket.</summary>
internal static class LoopbackPort
{
    // Between this and the backend's own bind another process may take it; the start then fails and is tried again.
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
