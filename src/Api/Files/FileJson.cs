using System.Text.Json;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>OpenAI's file object.</summary>
internal static class FileJson
{
    public static void Write(Utf8JsonWriter json, StoredFile file)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, file.Id);
        json.WriteString("object"u8, "file"u8);
        json.WriteNumber("bytes"u8, file.Bytes);
        json.WriteNumber("created_at"u8, file.CreatedAt.ToUnixTimeSeconds());
        if (file.ExpiresAt is { } expires)
        {
            json.WriteNumber("expires_at"u8, expires.ToUnixTimeSeconds());
        }
        else
        {
            json.WriteNull("expires_at"u8);
        }

        json.WriteString("filename"u8, file.Filename);
        json.WriteString("purpose"u8, file.Purpose);
        json.WriteString("status"u8, "processed"u8);
        json.WriteNull("status_details"u8);
        json.WriteEndObject();
    }

    public static void WriteDeleted(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "file"u8);
        json.WriteBoolean("deleted"u8, true);
        json.WriteEndObject();
    }
}
