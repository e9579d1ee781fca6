using System.Buffers;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>Answers with a whole message.</summary>
internal static class MessageResponseWriter
{
    /// <exception cref="ApiException">The generation failed.</exception>
    public static async Task WriteAsync(MessageGeneration generation, HttpResponse response)
    {
        var content = new MessageContent(generation.Head);
        var finish = await CollectAsync(generation, content);
        var body = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(body, Json.Output))
        {
            json.WriteStartObject();
            MessageJson.Head(json, generation.Head);
            content.Write(json);
            MessageJson.Stop(json, generation.Head, finish);
            MessageJson.Usage(json, finish);
            json.WriteEndObject();
        }

        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted);
    }

    private static async Task<GenerationFinish?> CollectAsync(MessageGeneration generation, MessageContent content)
    {
        var blocks = new ContentBlocks(generation.Head, content);
        GenerationFinish? finish = null;
        while (!generation.Reader.IsComplete)
        {
            await generation.Reader.WaitAsync();
            foreach (var (_, delta) in generation.Reader.Take())
            {
                if (delta.Failure is { } failure)
                {
                    throw new ApiException(FailureHttpTable.ToError(failure));
                }

                blocks.Add(delta);
                finish = delta.Finish ?? finish;
            }
        }

        blocks.End();
        return finish;
    }
}
