using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.Api;

/// <summary>JSON as a text, for what is kept or sent inside something else.</summary>
internal static class JsonText
{
    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json.Output))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
