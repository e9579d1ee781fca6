using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>Streams completions in llama.cpp's way: pieces, and an object with <c>stop</c> true for each that ends. Nothing marks the end of the stream.</summary>
internal static class LlamaStreamWriter
{
    /// <exception cref="ApiException">It failed before the first frame, so the answer can still be an error.</exception>
    public static async Task WriteAsync(LlamaCompletion completion, HttpResponse response)
    {
        using var stream = new SseStream(response);
        var answers = Enumerable.Range(0, completion.Head.Jobs).Select(_ => new LlamaAnswer()).ToList();
        while (!completion.Reader.IsComplete)
        {
            await completion.Reader.WaitAsync();
            var ready = completion.Reader.Take();
            if (ready.Count == 0)
            {
                stream.WritePing();
            }

            foreach (var item in ready)
            {
                Write(stream, completion.Head, item, answers[item.Choice]);
            }

            await stream.FlushAsync(response.HttpContext.RequestAborted);
        }
    }

    private static void Write(SseStream stream, LlamaHead head, JobDelta item, LlamaAnswer answer)
    {
        var delta = item.Delta;
        if (delta.Failure is { } failure)
        {
            Fail(stream, FailureHttpTable.ToError(failure));
            return;
        }

        answer.Add(delta, keep: false);
        if (delta.Text.Length > 0 || delta.Logprobs is not null || (!delta.IsLast && delta.Detail is { TokenIds.Count: > 0 }))
        {
            LlamaJson.Piece(stream.BeginData(), head, item.Choice, delta, answer);
            stream.EndData();
        }

        if (delta.Finish is not null)
        {
            LlamaEnd.Write(stream.BeginData(), head, item.Choice, answer);
            stream.EndData();
        }
    }

    private static void Fail(SseStream stream, ApiError error)
    {
        if (!stream.HasStarted)
        {
            throw new ApiException(error);
        }

        LlamaErrors.Write(stream.BeginData(), error);
        stream.EndData();
    }
}
