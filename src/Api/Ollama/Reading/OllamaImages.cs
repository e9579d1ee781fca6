using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary><c>images</c>: pictures as Base64, without anything before it.</summary>
internal static class OllamaImages
{
    public static void Read(FieldReader holder, int message, MediaList media)
    {
        foreach (var (path, value) in holder.Items("images") ?? [])
        {
            var base64 = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(value));
            media.AddBase64(message, MediaKind.Image, path, base64);
        }
    }
}
