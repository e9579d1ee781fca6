using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Media;

/// <summary>
/// Gets what callers' links lead to. A link is hostile: it and each of its redirects must lead to an address of the internet, which is
/// looked at after the name was resolved and is the one that is connected to; size and time are bounded.
/// </summary>
internal sealed class LinkDownloads : IDisposable
{
    // Short links and load balancers need two.
    private const int MaxRedirects = 4;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly MediaOptions _options;
    private readonly HttpClient _http;

    public LinkDownloads(IOptions<MediaOptions> options)
    {
        _options = options.Value;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = ConnectAsync,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ResponseDrainTimeout = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <exception cref="LinkRefusedException">It is not followed, fails, or is too large or too slow.</exception>
    public async Task<byte[]> GetAsync(Uri link, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.LinkTimeout);
        try
        {
            return await FollowAsync(link, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkRefusedException($"took longer than {_options.LinkTimeout.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw exception.InnerException as LinkRefusedException ?? new LinkRefusedException($"could not be read: {exception.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> FollowAsync(Uri link, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var answer = await _http.GetAsync(link, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location)
            {
                link = Checked(new Uri(link, location));
                continue;
            }

            return answer.StatusCode == HttpStatusCode.OK
                ? await ReadAsync(answer.Content, cancellationToken)
                : throw new LinkRefusedException($"was answered with status {(int)answer.StatusCode}");
        }

        throw new LinkRefusedException($"is redirected more than {MaxRedirects} times");
    }

    private static Uri Checked(Uri link) => link.Scheme is "http" or "https" ? link : throw new LinkRefusedException("is redirected to something that is no http or https link");

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[32 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (read.Length + count > _options.MaxItemBytes)
            {
                throw new LinkRefusedException($"is larger than {_options.MaxItemBytes} bytes (Media:MaxItemBytes)");
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var isTrusted = _options.TrustedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
        if (!isTrusted && addresses.Any(address => !PublicAddress.Is(address)))
        {
            throw new LinkRefusedException($"leads to a private address ('{host}'; Media:TrustedHosts has the hosts that may)");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
