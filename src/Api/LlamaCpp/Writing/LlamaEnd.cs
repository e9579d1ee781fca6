using System.Buffers;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>The end of a completion, as much of it as the request wants.</summary>
internal static class LlamaEnd
{
    public static void Write(Utf8JsonWriter json, LlamaHead head, int job, LlamaAnswer answer)
    {
        if (head.Request.ResponseFields.Count == 0)
        {
            LlamaJson.End(json, head, job, answer);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var whole = new Utf8JsonWriter(buffer, Json.Output))
        {
            LlamaJson.End(whole, head, job, answer);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        ResponseFields.Write(json, document.RootElement, head.Request.ResponseFields);
    }
}
