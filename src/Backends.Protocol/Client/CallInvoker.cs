using System.Net;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>Makes calls over the connection to one backend.</summary>
internal sealed class CallInvoker(BackendAddress address, BackendClientOptions options) : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = Connections.Open(address, options);
    private readonly Uri _uri = address.ToUri();
    private readonly CancellationTokenSource _closing = new();
    private readonly RunningCalls _running = new();

    public CallSilence Silence => _running.Silence();

    public RunningCalls.Pulse BeginPulse() => _running.Begin();

    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, TRequest request, TimeSpan? deadline, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = NewCall(method, BeginPulse(), deadline, cancellationToken);
        using var message = NewRequest(method, request, deadline);
        await call.StartAsync(_http, message, options.MaxMessageBytes);
        var response = await call.ReadAsync() ?? throw new BackendCallException(GrpcStatus.Internal, $"{method.Name} ended well, but without an answer");
        return await call.ReadAsync() is null ? response : throw new BackendCallException(GrpcStatus.Internal, $"{method.Name} answered more than once");
    }

    public IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, TRequest request, TimeSpan? deadline, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => StreamAsync(method, request, null, deadline, cancellationToken);

    /// <summary>A stream whose silence is told by a pulse of the caller's, which ends with it.</summary>
    public IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, TRequest request, RunningCalls.Pulse pulse, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => StreamAsync(method, request, pulse, null, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _http.Dispose();
    }

    private async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, TRequest request, RunningCalls.Pulse? pulse, TimeSpan? deadline, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = NewCall(method, pulse ?? BeginPulse(), deadline, cancellationToken);
        using var message = NewRequest(method, request, deadline);
        await call.StartAsync(_http, message, options.MaxMessageBytes);
        while (await call.ReadAsync() is { } response)
        {
            yield return response;
        }
    }

    private OutgoingCall<TResponse> NewCall<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, RunningCalls.Pulse pulse, TimeSpan? deadline, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(address, method.ResponseParser, pulse, deadline, _closing.Token, cancellationToken);

    private HttpRequestMessage NewRequest<TRequest, TResponse>(BackendMethod<TRequest, TResponse> method, TRequest request, TimeSpan? deadline)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(_uri, method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new MessageContent(request, MessageSize.Check(request, options.MaxMessageBytes)),
        };
        message.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in options.Metadata)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (deadline is { } timeout)
        {
            message.Headers.TryAddWithoutValidation(HeaderNames.Timeout, GrpcTimeout.Format(timeout));
        }

        return message;
    }
}
