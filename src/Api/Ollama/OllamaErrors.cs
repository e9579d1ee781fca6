using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary><c>{"error":"..."}</c>.</summary>
internal static class OllamaErrors
{
    public static readonly ErrorShape Shape = static (writer, error, _) => Write(writer, error);

    public static void Write(Utf8JsonWriter writer, ApiError error)
    {
        writer.WriteStartObject();
        writer.WriteString("error"u8, error.Message);
        writer.WriteEndObject();
    }
}
