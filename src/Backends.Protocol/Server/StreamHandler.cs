using System.Runtime.CompilerServices;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

internal sealed class StreamHandler<TRequest, TResponse>(
    BackendMethod<TRequest, TResponse> method, Func<BackendService, TRequest, BackendCallContext, IAsyncEnumerable<TResponse>> answer) : CallHandler(method.Path)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    // A source that always has the next message ready would never let anything out otherwise. One frame of HTTP/2.
    private const int MostUnflushedBytes = 16 * 1024;

    public override async Task AnswerAsync(IncomingCall call, BackendService service)
    {
        var request = await call.ReadAsync(method.RequestParser);
        await using var messages = answer(service, request, call.Context).GetAsyncEnumerator(call.Context.CancellationToken);
        while (await NextAsync(call, messages))
        {
            call.Write(messages.Current);
            if (call.UnflushedBytes >= MostUnflushedBytes)
            {
                await call.FlushAsync();
            }
        }
    }

    /// <summary>Messages that are ready go out together; a stream that waits for its next one has sent all before.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> NextAsync(IncomingCall call, IAsyncEnumerator<TResponse> messages)
    {
        var moving = messages.MoveNextAsync();
        if (moving.IsCompleted || call.UnflushedBytes == 0)
        {
            return await moving;
        }

        try
        {
            await call.FlushAsync();
        }
        catch
        {
            // The call is over, which its token tells the service too; an enumerator must not be disposed while it moves.
            await moving;
            throw;
        }

        return await moving;
    }
}
