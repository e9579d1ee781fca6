using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>Answers with a whole message.</summary>
internal static class MessageResponseWriter
{
    /// <exception cref="Errors.ApiException">The generation failed.</exception>
    public static async Task WriteAsync(MessageGeneration generation, HttpResponse response)
    {
        var content = new MessageContent(generation.Head);
        var blocks = new ContentBlocks(generation.Head, content);
        GenerationFinish? finish = null;
        await WholeAnswer.ReadAsync(generation.Reader, item =>
        {
            blocks.Add(item.Delta);
            finish = item.Delta.Finish ?? finish;
        });
        blocks.End();
        await JsonResponse.WriteAsync(response, json =>
        {
            json.WriteStartObject();
            MessageJson.Head(json, generation.Head);
            content.Write(json);
            MessageJson.Stop(json, generation.Head, finish);
            MessageJson.Usage(json, finish);
            json.WriteEndObject();
        });
    }
}
