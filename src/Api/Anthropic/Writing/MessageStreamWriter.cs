using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>Streams an answer: what is ready is written and sent at once.</summary>
internal static class MessageStreamWriter
{
    /// <exception cref="ApiException">It failed before the first event, so the answer can still be an error.</exception>
    public static async Task WriteAsync(MessageGeneration generation, HttpResponse response)
    {
        var context = response.HttpContext;
        using var stream = new SseStream(response);
        var projection = new MessageProjection(generation.Head, stream);
        var isOver = false;
        while (!isOver)
        {
            await generation.Reader.WaitAsync();
            try
            {
                WriteReady(generation, projection);
                isOver = generation.Reader.IsComplete;
            }
            catch (ApiException e) when (stream.HasStarted)
            {
                AnthropicErrors.Write(stream.BeginEvent("error"u8), e.Error, context.RequestId());
                stream.EndData();
                isOver = true;
            }

            await stream.FlushAsync(context.RequestAborted);
        }
    }

    private static void WriteReady(MessageGeneration generation, MessageProjection projection)
    {
        var ready = generation.Reader.Take();
        if (ready.Count == 0)
        {
            projection.WritePing();
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
