using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>Streams an answer: what is ready is written and sent at once. Lines have no form for "still there", so silence is silent.</summary>
internal static class OllamaStreamWriter
{
    /// <exception cref="ApiException">It failed before the first line, so the answer can still be an error.</exception>
    public static async Task WriteAsync(OllamaGeneration generation, TimeProvider time, HttpResponse response)
    {
        using var stream = new NdjsonStream(response);
        var calls = new OllamaCalls();
        while (!generation.Reader.IsComplete)
        {
            await generation.Reader.WaitAsync();
            foreach (var (_, delta) in generation.Reader.Take())
            {
                if (delta.Failure is { } failure)
                {
                    Fail(stream, FailureHttpTable.ToError(failure));
                    break;
                }

                Write(stream, generation, delta, calls.Add(delta), time.GetUtcNow());
            }

            await stream.FlushAsync(response.HttpContext.RequestAborted);
        }
    }

    private static void Write(NdjsonStream stream, OllamaGeneration generation, GenerationDelta delta, IReadOnlyList<OllamaCall> calls, DateTimeOffset now)
    {
        var isChat = generation.Request.IsChat;
        if (delta.Text.Length > 0 || delta.Reasoning.Length > 0 || calls.Count > 0 || delta.Logprobs is not null)
        {
            var json = stream.Begin();
            OllamaJson.Begin(json, generation.Model, now);
            OllamaJson.Content(json, isChat, delta.Text, delta.Reasoning, calls, delta.Logprobs);
            json.WriteBoolean("done"u8, false);
            json.WriteEndObject();
            stream.End();
        }

        if (delta.Finish is { } finish)
        {
            var json = stream.Begin();
            OllamaJson.Begin(json, generation.Model, now);
            OllamaJson.Content(json, isChat, "", "", [], null);
            OllamaJson.End(json, finish, now - generation.Begun);
            stream.End();
        }
    }

    private static void Fail(NdjsonStream stream, ApiError error)
    {
        if (!stream.HasStarted)
        {
            throw new ApiException(error);
        }

        OllamaErrors.Write(stream.Begin(), error);
        stream.End();
    }
}
