using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>A message's <c>content</c>: a text, or parts whose texts are joined by line ends as in llama.cpp's server.</summary>
internal static class ContentReader
{
    /// <returns>Null where there is none.</returns>
    public static string? Read(FieldReader message)
    {
        if (message.Take("content") is not { } content)
        {
            return null;
        }

        var path = message.PathOf("content");
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array when content.GetArrayLength() == 0 => throw RequestErrors.WrongValue(path, "is an empty array."),
            JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select((part, index) => Part(new FieldReader(part, $"{path}[{index}]")))),
            _ => throw RequestErrors.WrongType(path, "a string or an array of parts", FieldReader.Kind(content)),
        };
    }

    private static string Part(FieldReader part)
    {
        var type = part.RequiredText("type");
        var text = type switch
        {
            "text" => part.RequiredText("text"),
            "refusal" => part.RequiredText("refusal"),
            "image_url" or "input_audio" or "audio_url" or "video_url" or "file" =>
                throw RequestErrors.Unsupported(part.PathOf("type"), $"'{type}' parts need a model that sees or hears; send text."),
            _ => throw RequestErrors.WrongValue(part.PathOf("type"), $"is '{Shown.Short(type)}', but must be 'text' or 'refusal'."),
        };
        part.RefuseOthers();
        return text;
    }
}
