using System.Text.Json;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary><c>{"error":{"message","type","param","code"}}</c>.</summary>
internal static class OpenAiErrors
{
    public static readonly ErrorShape Shape = static (writer, error, _) => Write(writer, error);

    public static void Write(Utf8JsonWriter writer, ApiError error)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("error"u8);
        WriteInner(writer, error);
        writer.WriteEndObject();
    }

    /// <summary>What is behind <c>error</c>.</summary>
    public static void WriteInner(Utf8JsonWriter writer, ApiError error)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("param"u8, error.Parameter);
        writer.WriteString("code"u8, error.Code);
        writer.WriteEndObject();
    }
}
