using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>The server behind a model. Asks again while it is away or busy, for a bounded time; then says how it failed.</summary>
internal sealed class Upstream : IDisposable
{
    // A restart of the server takes seconds; with the pauses between them the tries last about 8 s.
    private const int Tries = 5;

    // An error is a sentence in JSON; what is longer is some proxy's page.
    private const int ErrorBytes = 64 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // How long an answer may take is the worker's to say (Workers:Backends:StallTimeout).
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false, UseCookies = false, ResponseDrainTimeout = TimeSpan.Zero, MaxResponseDrainSize = 0 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public Upstream(UpstreamSettings settings)
    {
        Settings = settings;
        _http.BaseAddress = settings.BaseUrl;
        _http.DefaultRequestHeaders.Authorization = settings.ApiKey is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
    }

    public UpstreamSettings Settings { get; }

    /// <summary>Returns when the answer has begun.</summary>
    /// <exception cref="BackendCallException">The server refuses the request, or does not answer in all tries.</exception>
    public async Task<UpstreamAnswer> AskAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var text = body.ToJsonString();
        for (var attempt = 1; ; attempt++)
        {
            var (answer, failure) = await TryAsync(path, text, cancellationToken);
            if (answer is not null)
            {
                return answer;
            }

            if (attempt == Tries || !IsPassing(failure!.Status))
            {
                throw failure!.Status == GrpcStatus.Unavailable ? new BackendCallException(GrpcStatus.Aborted, failure.Message, failure) : failure;
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), cancellationToken);
        }
    }

    /// <summary>Whether there is a next chunk; a broken connection becomes the call's failure.</summary>
    public async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonElement> chunks)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw new BackendCallException(GrpcStatus.Aborted, $"the server at {Settings.BaseUrl} broke off in mid-answer: {exception.Message}", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new BackendCallException(GrpcStatus.Internal, $"the server at {Settings.BaseUrl} cannot be followed: {exception.Message}", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(UpstreamAnswer? Answer, BackendCallException? Failure)> TryAsync(string path, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return (new UpstreamAnswer(response), null);
            }

            using (response)
            {
                var error = UpstreamError.Read(await ReadErrorAsync(response, cancellationToken));
                return (null, new BackendCallException(error.StatusOr(StatusOf(response.StatusCode)), $"the server at {Settings.BaseUrl} answered {(int)response.StatusCode}: {error.Message}"));
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, new BackendCallException(GrpcStatus.Unavailable, $"the server at {Settings.BaseUrl} cannot be reached: {exception.Message}", exception));
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var said = new byte[ErrorBytes];
        var length = await body.ReadAtLeastAsync(said, said.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(said, 0, length);
    }

    private static bool IsPassing(GrpcStatus status) => status is GrpcStatus.Unavailable or GrpcStatus.ResourceExhausted;

    private static GrpcStatus StatusOf(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge => GrpcStatus.InvalidArgument,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => GrpcStatus.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatus.NotFound,
        HttpStatusCode.TooManyRequests => GrpcStatus.ResourceExhausted,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcStatus.Unavailable,
        _ => GrpcStatus.Internal,
    };
}
