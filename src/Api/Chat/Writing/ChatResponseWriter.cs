using System.Buffers;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>Answers with a whole chat completion.</summary>
internal static class ChatResponseWriter
{
    /// <exception cref="ApiException">The generation failed.</exception>
    public static async Task WriteAsync(ChatGeneration generation, HttpResponse response)
    {
        var answers = await CollectAsync(generation);
        var body = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(body, Json.Output))
        {
            Write(json, generation.Head, answers);
        }

        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted);
    }

    internal static void Write(Utf8JsonWriter json, ChatHead head, IReadOnlyList<ChatAnswer> answers)
    {
        ChatJson.Head(json, head, "chat.completion"u8);
        json.WriteStartArray("choices"u8);
        var usage = default(ChatUsage);
        for (var choice = 0; choice < answers.Count; choice++)
        {
            answers[choice].Write(json, head, choice);
            usage = answers[choice].Finish is { } finish ? usage.Plus(choice, finish) : usage;
        }

        json.WriteEndArray();
        ChatJson.Usage(json, usage);
        if (head.Timings && answers[0].Finish is { } first)
        {
            ChatJson.Timings(json, first);
        }

        json.WriteEndObject();
    }

    private static async Task<IReadOnlyList<ChatAnswer>> CollectAsync(ChatGeneration generation)
    {
        var answers = Enumerable.Range(0, generation.Head.Choices).Select(_ => new ChatAnswer()).ToList();
        while (!generation.Reader.IsComplete)
        {
            await generation.Reader.WaitAsync();
            foreach (var (choice, delta) in generation.Reader.Take())
            {
                if (delta.Failure is { } failure)
                {
                    throw new ApiException(FailureHttpTable.ToError(failure));
                }

                answers[choice].Add(delta);
            }
        }

        return answers;
    }
}
