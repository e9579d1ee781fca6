using System.Text.Json;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>OpenAI's upload and part objects.</summary>
internal static class UploadJson
{
    public static void Write(Utf8JsonWriter json, Upload upload, UploadState state, StoredFile? file)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, upload.Id);
        json.WriteString("object"u8, "upload"u8);
        json.WriteNumber("bytes"u8, upload.Bytes);
        json.WriteNumber("created_at"u8, upload.CreatedAt.ToUnixTimeSeconds());
        json.WriteNumber("expires_at"u8, upload.ExpiresAt.ToUnixTimeSeconds());
        json.WriteString("filename"u8, upload.Filename);
        json.WriteString("purpose"u8, upload.Purpose);
        json.WriteString("status"u8, state switch { UploadState.Completed => "completed"u8, UploadState.Cancelled => "cancelled"u8, _ => "pending"u8 });
        json.WritePropertyName("file"u8);
        if (file is null)
        {
            json.WriteNullValue();
        }
        else
        {
            FileJson.Write(json, file);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, UploadPart part)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, part.Id);
        json.WriteString("object"u8, "upload.part"u8);
        json.WriteNumber("created_at"u8, part.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("upload_id"u8, part.UploadId);
        json.WriteEndObject();
    }
}
