using System.Buffers;
using System.Text.Json;

namespace LocalAI.Pipeline.Api;

/// <summary>Answers with one JSON value.</summary>
internal static class JsonResponse
{
    public static async Task WriteAsync(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(body, Json.Output))
        {
            write(json);
        }

        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted);
    }
}
