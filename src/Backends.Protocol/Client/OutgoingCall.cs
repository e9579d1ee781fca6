using System.Net;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>One call from its request to its trailers. Disposed before the end, it resets the stream.</summary>
internal sealed class OutgoingCall<TResponse> : IDisposable
    where TResponse : class, IMessage<TResponse>
{
    // What a timer can wait for; a longer deadline is none.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly BackendAddress _address;
    private readonly MessageParser<TResponse> _parser;
    private readonly RunningCalls.Pulse _pulse;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _closing;
    private readonly CancellationTokenSource _ending;
    private HttpResponseMessage? _response;
    private MessageReader? _reader;

    public OutgoingCall(BackendAddress address, MessageParser<TResponse> parser, RunningCalls.Pulse pulse, TimeSpan? deadline, CancellationToken closing, CancellationToken caller)
    {
        _address = address;
        _parser = parser;
        _pulse = pulse;
        _caller = caller;
        _closing = closing;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(caller, closing);
        if (deadline <= TimeSpan.Zero)
        {
            _ending.Cancel();
        }
        else if (deadline < LongestTimer)
        {
            _ending.CancelAfter(deadline.Value);
        }
    }

    /// <summary>Sends the request and waits for the headers of the answer.</summary>
    public async Task StartAsync(HttpMessageInvoker http, HttpRequestMessage request, int maxMessageBytes)
    {
        _pulse.Waits();
        try
        {
            _ending.Token.ThrowIfCancellationRequested();
            _response = await http.SendAsync(request, _ending.Token);
            if (_response.StatusCode != HttpStatusCode.OK)
            {
                throw CallFailure.OfHttp(_response.StatusCode, _address);
            }

            if (!HeaderNames.IsGrpc(_response.Content.Headers.NonValidated.TryGetValues("content-type", out var type) ? type.ToString() : null))
            {
                throw new BackendCallException(GrpcStatus.Unknown, $"{_address} answered with content of type '{type}', which is not gRPC");
            }

            _reader = new MessageReader(await _response.Content.ReadAsStreamAsync(_ending.Token), maxMessageBytes);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Translate(exception);
        }
        finally
        {
            _pulse.Received();
        }
    }

    /// <summary>The next message, or null when the call ended well.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResponse?> ReadAsync()
    {
        _pulse.Waits();
        try
        {
            var message = await _reader!.ReadAsync(_parser, _ending.Token);
            return message ?? (CallStatus.Failure(_response!) is { } failure ? throw failure : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Translate(exception);
        }
        finally
        {
            _pulse.Received();
        }
    }

    public void Dispose()
    {
        _pulse.Dispose();
        _response?.Dispose();
        _reader?.Dispose();
        _ending.Dispose();
    }

    /// <summary>A call that somebody ended fails in many ways: who ended it says what it means.</summary>
    private Exception Translate(Exception exception)
    {
        if (_caller.IsCancellationRequested)
        {
            return new OperationCanceledException("The call was cancelled", exception, _caller);
        }

        if (_closing.IsCancellationRequested)
        {
            return new BackendCallException(GrpcStatus.Cancelled, "The client was closed during the call", exception);
        }

        return _ending.IsCancellationRequested
            ? new BackendCallException(GrpcStatus.DeadlineExceeded, $"The backend at {_address} did not answer within the deadline", exception)
            : CallFailure.OfConnection(exception, _address);
    }
}
