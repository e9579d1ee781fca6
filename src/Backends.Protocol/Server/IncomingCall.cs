using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

/// <summary>One call that a server received: its request, the messages of its answer, and how it ends.</summary>
internal sealed class IncomingCall : IDisposable
{
    // RFC 9113, section 7: CANCEL.
    private const int CancelStream = 0x8;

    // What a timer can wait for; a longer time-out is none.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly IFeatureCollection _features;
    private readonly PipeWriter _body;
    private readonly int _maxMessageBytes;
    private readonly CancellationToken _aborted;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _ending;
    private bool _hasWritten;

    public IncomingCall(IFeatureCollection features, TimeSpan? timeout, int maxMessageBytes, CancellationToken stopping)
    {
        _features = features;
        _body = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        _maxMessageBytes = maxMessageBytes;
        _aborted = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        _stopping = stopping;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_aborted, stopping);
        DateTimeOffset? deadline = timeout < LongestTimer ? TimeProvider.System.GetUtcNow() + timeout : null;
        if (timeout <= TimeSpan.Zero)
        {
            _ending.Cancel();
        }
        else if (deadline is not null)
        {
            _ending.CancelAfter(timeout!.Value);
        }

        var headers = features.GetRequiredFeature<IHttpRequestFeature>().Headers;
        Context = new BackendCallContext(_ending.Token, deadline, () => Copy(headers));
    }

    public BackendCallContext Context { get; }

    /// <summary>Bytes written since the last flush.</summary>
    public int UnflushedBytes { get; private set; }

    /// <summary>The caller reset the call or is gone: nobody reads an answer.</summary>
    public bool IsAborted => _aborted.IsCancellationRequested;

    /// <summary>The one message of the request.</summary>
    /// <exception cref="BackendCallException">The body is not exactly one message within the limit.</exception>
    public async Task<T> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var reader = _features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        T? message = null;
        while (true)
        {
            var result = await ReadAsync(reader);
            var buffer = result.Buffer;
            var received = buffer.Length;
            if (message is null)
            {
                message = Take(ref buffer, parser);
            }

            if (message is not null && buffer.Length > 0)
            {
                throw new BackendCallException(GrpcStatus.Internal, "The request has more than one message");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return message ?? throw new BackendCallException(GrpcStatus.Internal, received == 0 ? "The request has no message" : "The request ends inside a message");
            }
        }
    }

    /// <summary>Adds a message to the answer; it leaves with the next flush or the end of the call.</summary>
    /// <exception cref="BackendCallException">It is over the limit.</exception>
    public void Write(IMessage message)
    {
        var size = MessageSize.Check(message, _maxMessageBytes);
        var length = MessagePrefix.Length + size;
        // One piece of known size: a stream that is reset meanwhile hands out memory of exactly what is asked for, or none.
        var target = _body.GetSpan(length);
        MessagePrefix.Write(target, size);
        message.WriteTo(target.Slice(MessagePrefix.Length, size));
        _body.Advance(length);
        _hasWritten = true;
        UnflushedBytes += length;
    }

    /// <summary>
    /// Hands what was written to the connection. Waits while the caller reads more slowly than the service writes: Kestrel
    /// keeps 64 KiB for a stream and sends no more than the caller's flow-control window lets through.
    /// </summary>
    /// <exception cref="OperationCanceledException">The call is over.</exception>
    public async ValueTask FlushAsync()
    {
        UnflushedBytes = 0;
        // The token is not for Kestrel, which would reset the stream with INTERNAL_ERROR.
        var flushing = _body.FlushAsync(CancellationToken.None);
        if (flushing.IsCompleted)
        {
            await flushing;
        }
        else
        {
            var reset = _features.GetRequiredFeature<IHttpResetFeature>();
            await using var registration = _ending.Token.UnsafeRegister(static state => ((IHttpResetFeature)state!).Reset(CancelStream), reset);
            await flushing;
        }

        _ending.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the call: in trailers, or in the headers of an answer without messages.</summary>
    public void End(GrpcStatus status, string message, IReadOnlyDictionary<string, string> trailers)
    {
        var target = _hasWritten
            ? _features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : _features.GetRequiredFeature<IHttpResponseFeature>().Headers;
        target[HeaderNames.Status] = ((int)status).ToString(CultureInfo.InvariantCulture);
        if (message.Length > 0)
        {
            target[HeaderNames.Message] = StatusText.Encode(message);
        }

        foreach (var (name, value) in trailers)
        {
            target[name] = value;
        }
    }

    /// <summary>What it means that the call's token fired.</summary>
    public BackendCallException Ended(OperationCanceledException exception) =>
        _stopping.IsCancellationRequested ? new(GrpcStatus.Unavailable, "The backend shuts down", exception)
        : _ending.IsCancellationRequested ? new(GrpcStatus.DeadlineExceeded, "The deadline passed", exception)
        : new(GrpcStatus.Cancelled, "The backend cancelled the call", exception);

    public void Dispose() => _ending.Dispose();

    private async ValueTask<ReadResult> ReadAsync(PipeReader reader)
    {
        try
        {
            return await reader.ReadAsync(_ending.Token);
        }
        catch (IOException exception) when (!IsAborted)
        {
            throw new BackendCallException(GrpcStatus.Internal, $"The request is broken: {exception.Message}", exception);
        }
    }

    private T? Take<T>(ref ReadOnlySequence<byte> buffer, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        if (buffer.Length < MessagePrefix.Length)
        {
            return null;
        }

        Span<byte> prefix = stackalloc byte[MessagePrefix.Length];
        buffer.Slice(0, MessagePrefix.Length).CopyTo(prefix);
        var length = MessagePrefix.Read(prefix, _maxMessageBytes);
        if (buffer.Length - MessagePrefix.Length < length)
        {
            return null;
        }

        var body = buffer.Slice(MessagePrefix.Length, length);
        buffer = buffer.Slice(body.End);
        try
        {
            return parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new BackendCallException(GrpcStatus.Internal, $"The request is not a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> Copy(IHeaderDictionary headers) =>
        headers.Where(header => !header.Key.StartsWith(':')).ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
}
