using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>Where a backend listens: <c>host:port</c>, <c>[ipv6]:port</c> or <c>unix:/path</c>, as its <c>--addr</c> argument says it.</summary>
public sealed record BackendAddress
{
    private const string UnixScheme = "unix:";

    // sizeof(sockaddr_un.sun_path) less the closing zero, on Linux; macOS has four bytes less and reports it itself.
    private const int LongestSocketPath = 107;

    private BackendAddress(string? socketPath, string host, int port)
    {
        SocketPath = socketPath;
        Host = host;
        Port = port;
    }

    /// <summary>Path of the Unix domain socket, or null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>Host name or IP address without brackets; empty for a Unix domain socket.</summary>
    public string Host { get; }

    /// <summary>TCP port; 0 lets a server choose one.</summary>
    public int Port { get; }

    /// <summary>True for a Unix domain socket.</summary>
    [MemberNotNullWhen(true, nameof(SocketPath))]
    public bool IsUnixSocket => SocketPath is not null;

    /// <summary>An address for a Unix domain socket.</summary>
    /// <exception cref="FormatException">The path is empty or longer than the system allows.</exception>
    public static BackendAddress ForSocket(string path) =>
        TryParse(UnixScheme + path, out var address, out var error) ? address : throw new FormatException(error);

    /// <summary>An address for TCP.</summary>
    /// <exception cref="FormatException">No host, or a port outside 0 to 65535.</exception>
    public static BackendAddress ForTcp(string host, int port) =>
        TryParse(Format(host, port), out var address, out var error) ? address : throw new FormatException(error);

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is not one; the message says why.</exception>
    public static BackendAddress Parse(string text) =>
        TryParse(text, out var address, out var error) ? address : throw new FormatException(error);

    /// <summary>Reads an address, or says why it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BackendAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        error = null;
        if (text?.StartsWith(UnixScheme, StringComparison.Ordinal) == true)
        {
            // gRPC also writes absolute paths as unix:///path.
            var path = text[UnixScheme.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            error = path.Length == 0 ? $"'{text}' has no path after {UnixScheme}"
                : Encoding.UTF8.GetByteCount(path) > LongestSocketPath ? $"The socket path '{path}' is longer than {LongestSocketPath} bytes"
                : null;
            address = error is null ? new BackendAddress(path, "", 0) : null;
            return address is not null;
        }

        var colon = text?.LastIndexOf(':') ?? -1;
        var host = colon < 0 ? "" : text![..colon];
        host = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host.Contains(':', StringComparison.Ordinal) ? "" : host;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || !ushort.TryParse(text![(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            error = $"'{text}' is not an address: host:port, [ipv6]:port or unix:/path is expected";
            return false;
        }

        address = new BackendAddress(null, host, port);
        return true;
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => IsUnixSocket ? UnixScheme + SocketPath : Format(Host, Port);

    /// <summary>The base of request URIs. A socket has no authority of its own, so gRPC's customary one stands in.</summary>
    internal Uri ToUri() => new(IsUnixSocket ? "http://localhost/" : $"http://{this}/");

    /// <summary>Where a server binds.</summary>
    /// <exception cref="SocketException">The host name has no address.</exception>
    internal async Task<EndPoint> ToEndPointAsync(CancellationToken cancellationToken)
    {
        if (IsUnixSocket)
        {
            return new UnixDomainSocketEndPoint(SocketPath);
        }

        var ip = IPAddress.TryParse(Host, out var literal) ? literal : (await Dns.GetHostAddressesAsync(Host, cancellationToken))[0];
        return new IPEndPoint(ip, Port);
    }

    private static string Format(string host, int port)
    {
        var shown = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return string.Create(CultureInfo.InvariantCulture, $"{shown}:{port}");
    }
}
