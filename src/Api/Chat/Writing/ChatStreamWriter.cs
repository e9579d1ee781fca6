using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>Streams an answer: what is ready is written and sent at once.</summary>
internal static class ChatStreamWriter
{
    /// <exception cref="ApiException">It failed before the first frame, so the answer can still be an error.</exception>
    public static async Task WriteAsync(ChatGeneration generation, HttpResponse response)
    {
        var aborted = response.HttpContext.RequestAborted;
        using var stream = new SseStream(response);
        var projection = new ChatProjection(generation.Head, new SseChunks(stream));
        while (!generation.Reader.IsComplete)
        {
            await generation.Reader.WaitAsync();
            WriteReady(generation, projection, stream);
            await stream.FlushAsync(aborted);
        }
    }

    private static void WriteReady(ChatGeneration generation, ChatProjection projection, SseStream stream)
    {
        var ready = generation.Reader.Take();
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

        if (generation.Reader.IsComplete)
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
