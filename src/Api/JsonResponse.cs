using System.Buffers;
using System.Text;
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

        await WriteBytesAsync(response, body.WrittenMemory);
    }

    /// <summary>Answers with JSON that was written before.</summary>
    public static Task WriteTextAsync(HttpResponse response, string json) => WriteBytesAsync(response, Encoding.UTF8.GetBytes(json));

    private static async Task WriteBytesAsync(HttpResponse response, ReadOnlyMemory<byte> bytes)
    {
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }
}
