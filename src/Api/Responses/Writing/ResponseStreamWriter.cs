using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>Streams a response that is being made: what is ready is written and sent at once.</summary>
internal static class ResponseStreamWriter
{
    /// <exception cref="ApiException">It failed before the first event, so the answer can still be an error.</exception>
    public static async Task WriteAsync(ResponseGeneration generation, ResponseEnding ending, HttpResponse response)
    {
        var aborted = response.HttpContext.RequestAborted;
        using var stream = new SseStream(response);
        var projection = new ResponseProjection(generation.Head, new SseEvents(stream));
        var isOver = false;
        while (!isOver)
        {
            await generation.Reader.WaitAsync();
            try
            {
                WriteReady(generation, projection, stream);
                if (projection.HasFinished)
                {
                    var state = projection.Ended(ending.Now);
                    await ending.KeepAsync(generation, state, aborted);
                    projection.WriteEnd(state);
                    isOver = true;
                }
            }
            catch (Exception e) when (stream.HasStarted && ErrorOf(e) is not null)
            {
                var state = projection.Failed(ErrorOf(e)!);
                await ending.KeepFailureAsync(generation, state, aborted);
                projection.WriteFailure(state);
                isOver = true;
            }

            if (isOver)
            {
                stream.WriteDone();
            }

            await stream.FlushAsync(aborted);
        }
    }

    private static ApiError? ErrorOf(Exception e) => e is ApiException api ? api.Error : DatabaseErrors.IsLoss(e) ? DatabaseErrors.ToApiError() : null;

    private static void WriteReady(ResponseGeneration generation, ResponseProjection projection, SseStream stream)
    {
        var ready = generation.Reader.Take();
        if (ready.Count == 0)
        {
            projection.WriteStart();
            stream.WritePing();
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
