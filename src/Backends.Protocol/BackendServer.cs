using System.Net;
using System.Net.Sockets;
using LocalAI.Pipeline.Backends.Protocol.Hosting;
using LocalAI.Pipeline.Backends.Protocol.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>Serves a <see cref="BackendService"/> over HTTP/2 on one address, until it is disposed.</summary>
public sealed class BackendServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly CancellationTokenSource _stopping;
    private readonly TimeSpan _grace;
    private bool _isDisposed;

    private BackendServer(KestrelServer kestrel, BackendAddress address, TimeSpan grace, CancellationTokenSource stopping)
    {
        _kestrel = kestrel;
        _grace = grace;
        _stopping = stopping;
        Address = address;
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public BackendAddress Address { get; }

    /// <summary>
    /// The whole Main of a backend executable: reads <c>--addr</c> and <c>--parent PID</c>, serves until SIGTERM, Ctrl+C, the
    /// token or the parent's death, and disposes the service. Prints <c>Listening on ADDRESS</c> when it listens; errors go to
    /// standard error.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="create">Makes the service, once the command line is known to be right.</param>
    /// <param name="cancellationToken">Stops it as SIGTERM does.</param>
    /// <returns>The exit code: 0 after a stop, 64 for a wrong command line, 69 when the address cannot be had.</returns>
    public static Task<int> RunAsync(string[] args, Func<BackendService> create, CancellationToken cancellationToken = default) =>
        BackendProgram.RunAsync(args, create, Console.Out, Console.Error, cancellationToken);

    /// <summary>Starts to listen; the service stays the caller's.</summary>
    /// <exception cref="IOException">The address cannot be had; the message says why.</exception>
    public static async Task<BackendServer> StartAsync(
        BackendAddress address, BackendService service, BackendServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(service);
        options ??= new BackendServerOptions();
        var stopping = new CancellationTokenSource();
        var application = new GrpcApplication(service, options.MaxMessageBytes, options.LoggerFactory.CreateLogger<BackendServer>(), stopping.Token);
        KestrelServer? kestrel = null;
        try
        {
            if (address.IsUnixSocket)
            {
                await SocketFile.ClearAsync(address.SocketPath, cancellationToken);
            }

            kestrel = KestrelListener.Create(await address.ToEndPointAsync(cancellationToken), options.LoggerFactory, out var listening);
            await kestrel.StartAsync(application, cancellationToken);
            return new BackendServer(kestrel, Bound(address, listening), options.ShutdownGrace, stopping);
        }
        catch (Exception exception)
        {
            kestrel?.Dispose();
            stopping.Dispose();
            throw exception is IOException or SocketException or UnauthorizedAccessException
                ? new IOException($"Cannot listen on {address}: {Reason(exception)}", exception)
                : exception;
        }
    }

    /// <summary>
    /// Tells running calls to end (their callers get <see cref="GrpcStatus.Unavailable"/>), waits for them for
    /// <see cref="BackendServerOptions.ShutdownGrace"/>, resets the rest, and removes the socket file.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        using var grace = new CancellationTokenSource(_grace);
        await _kestrel.StopAsync(grace.Token);
        _kestrel.Dispose();
        _stopping.Dispose();
        if (Address.IsUnixSocket)
        {
            File.Delete(Address.SocketPath);
        }
    }

    private static BackendAddress Bound(BackendAddress address, ListenOptions listening)
    {
        if (!address.IsUnixSocket)
        {
            return BackendAddress.ForTcp(address.Host, ((IPEndPoint)listening.EndPoint).Port);
        }

        SocketFile.Restrict(address.SocketPath);
        return address;
    }

    private static string Reason(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return "something else listens there already";
            }
        }

        return exception.InnerException?.Message ?? exception.Message;
    }
}
