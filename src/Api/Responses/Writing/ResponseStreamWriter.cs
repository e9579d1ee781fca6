using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Persistence;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>Streams a response that is being made: what is ready is written and sent at once.</summary>
internal static class ResponseStreamWriter
{
    /// <returns>How it ended.</returns>
    /// <exception cref="ApiException">It failed before the first event, so the answer can still be an error.</exception>
    public static async Task<ResponseState> WriteAsync(ResponseGeneration generation, ResponseEnding ending, IResponseChannel channel, CancellationToken aborted)
    {
        var projection = new ResponseProjection(generation.Head, channel);
        ResponseState? end = null;
        while (end is null)
        {
            await generation.Reader.WaitAsync();
            try
            {
                WriteReady(generation, projection, channel);
                if (projection.HasFinished)
                {
                    var state = projection.Ended(ending.Now);
                    await ending.KeepAsync(generation, state, aborted);
                    projection.WriteEnd(state);
                    end = state;
                }
            }
            catch (Exception e) when (channel.HasStarted && ErrorOf(e) is not null)
            {
                end = projection.Failed(ErrorOf(e)!);
                await ending.KeepFailureAsync(generation, end, aborted);
                projection.WriteFailure(end);
            }

            if (end is not null)
            {
                channel.WriteDone();
            }

            await channel.FlushAsync(aborted);
        }

        return end;
    }

    /// <summary>What a client is told of an exception that was foreseen; null for others.</summary>
    public static ApiError? ErrorOf(Exception e) => e is ApiException api ? api.Error : DatabaseErrors.IsLoss(e) ? DatabaseErrors.ToApiError() : null;

    private static void WriteReady(ResponseGeneration generation, ResponseProjection projection, IResponseChannel channel)
    {
        var ready = generation.Reader.Take();
        if (ready.Count == 0)
        {
            projection.WriteStart();
            channel.WritePing();
        }

        foreach (var (_, delta) in ready)
        {
            if (delta.Failure is { } failure)
            {
                throw new ApiException(FailureHttpTable.ToError(failure));
            }

            projection.Write(delta);
        }
    }
}
