using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Streams an answer in OpenAI's way: what is ready is written and sent at once, and <c>[DONE]</c> ends it.</summary>
internal static class AnswerStream
{
    /// <exception cref="ApiException">It failed before the first frame, so the answer can still be an error.</exception>
    public static async Task WriteAsync(JobSubscription reader, Func<IChunkOutput, IDeltaProjection> project, HttpResponse response)
    {
        var aborted = response.HttpContext.RequestAborted;
        using var stream = new SseStream(response);
        var projection = project(new SseChunks(stream));
        while (!reader.IsComplete)
        {
            await reader.WaitAsync();
            WriteReady(reader, projection, stream);
            await stream.FlushAsync(aborted);
        }
    }

    private static void WriteReady(JobSubscription reader, IDeltaProjection projection, SseStream stream)
    {
        var ready = reader.Take();
        if (ready.Count == 0)
        {
            stream.WritePing();
        }

        foreach (var item in ready)
        {
            if (item.Delta.Failure is { } failure)
            {
                Fail(FailureHttpTable.ToError(failure), stream);
                return;
            }

            projection.Write(item);
        }

        if (reader.IsComplete)
        {
            projection.WriteEnd();
            stream.WriteDone();
        }
    }

    private static void Fail(ApiError error, SseStream stream)
    {
        if (!stream.HasStarted)
        {
            throw new ApiException(error);
        }

        OpenAiErrors.Write(stream.BeginData(), error);
        stream.EndData();
        stream.WriteDone();
    }
}
