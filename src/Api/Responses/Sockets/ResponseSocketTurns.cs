using System.Net.WebSockets;
using System.Threading.Channels;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Writing;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses.Sockets;

/// <summary>Runs the turns of a socket one after the other, until its client goes or its time is over.</summary>
internal sealed class ResponseSocketTurns(ResponseGenerations generations, ResponseEnding ending, IOptions<RequestOptions> limits, IOptions<ResponsesOptions> options, TimeProvider time)
{
    // For a client's own close after ours: a round trip.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    public async Task RunAsync(WebSocket socket, JobOrigin origin, CancellationToken aborted)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var limit = new CancellationTokenSource(options.Value.SocketLifetime, time);
        var messages = new SocketMessages(socket, limits.Value.MaxBodyBytes);
        var receiving = ReceiveAsync(messages, gone);
        try
        {
            await TakeTurnsAsync(socket, messages, origin, gone.Token, limit.Token);
            await receiving.WaitAsync(ClosePatience, time, aborted);
        }
        catch (TimeoutException)
        {
            // The client has not closed its side.
            socket.Abort();
        }
        catch (Exception e) when (gone.IsCancellationRequested && e is OperationCanceledException or ChannelClosedException or WebSocketException)
        {
            // The client has gone: nobody is told.
            socket.Abort();
        }
        finally
        {
            await gone.CancelAsync();
            await receiving;
        }
    }

    private static async Task ReceiveAsync(SocketMessages messages, CancellationTokenSource gone)
    {
        await messages.ReceiveAsync(gone.Token);
        await gone.CancelAsync();
    }

    private async Task TakeTurnsAsync(WebSocket socket, SocketMessages messages, JobOrigin origin, CancellationToken gone, CancellationToken limit)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, limit);
        SocketMemory? memory = null;
        while (true)
        {
            byte[] message;
            try
            {
                message = await messages.NextAsync(either.Token);
            }
            catch (OperationCanceledException) when (!gone.IsCancellationRequested)
            {
                // A turn that runs is not cut: its client hears of the limit between two.
                await SocketEvents.SendErrorAsync(socket, TooOld(), gone);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "websocket_connection_limit_reached", gone);
                return;
            }

            memory = await TurnAsync(socket, message, memory, origin, gone);
        }
    }

    /// <returns>What the connection remembers afterwards: nothing of a turn that failed, as at OpenAI's.</returns>
    private async Task<SocketMemory?> TurnAsync(WebSocket socket, byte[] message, SocketMemory? memory, JobOrigin origin, CancellationToken gone)
    {
        using var events = new SocketEvents(socket);
        try
        {
            var request = SocketTurn.Read(message, limits.Value);
            if (memory is not null && request.Prompt.PreviousId == memory.Id)
            {
                request = request with { Prompt = request.Prompt with { Earlier = memory.Items } };
            }

            using var generation = await generations.StartAsync(request, origin, gone);
            var end = await ResponseStreamWriter.WriteAsync(generation, ending, events, gone);
            return end.Error is null ? new SocketMemory(generation.Head.JobId, [.. generation.Items, .. end.Output]) : null;
        }
        catch (Exception e) when (ResponseStreamWriter.ErrorOf(e) is not null)
        {
            await SocketEvents.SendErrorAsync(socket, ResponseStreamWriter.ErrorOf(e)!, gone);
            return null;
        }
    }

    private ApiError TooOld() => new(
        400, ApiErrorTypes.InvalidRequest, "websocket_connection_limit_reached", $"The connection is as old as one may be ({options.Value.SocketLifetime}): open another one and go on there.");
}
