using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>OpenAI's list of errors, which is kept in the batch's row as it is shown.</summary>
internal static class BatchErrorJson
{
    public static string Of(IEnumerable<BatchError> errors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json.Output))
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (var error in errors)
            {
                Write(json, error);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, BatchError error)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteString("param"u8, error.Param);
        if (error.Line is { } line)
        {
            json.WriteNumber("line"u8, line);
        }
        else
        {
            json.WriteNull("line"u8);
        }

        json.WriteEndObject();
    }
}
