using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>
/// A message's <c>content</c>: a text, or parts whose texts are joined by line ends as in llama.cpp's server. What is besides text goes
/// into a list of its own.
/// </summary>
internal static class ContentReader
{
    private const int LongestWord = 64;

    /// <param name="index">The message's own, for the list.</param>
    /// <param name="media">Takes pictures, sounds and films; null where there can be none.</param>
    /// <returns>Null where there is none.</returns>
    public static string? Read(FieldReader message, int index, MediaList? media)
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
            JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select((part, i) => Part(new FieldReader(part, $"{path}[{i}]"), index, media)).OfType<string>()),
            _ => throw RequestErrors.WrongType(path, "a string or an array of parts", FieldReader.Kind(content)),
        };
    }

    // Null: the part has no text.
    private static string? Part(FieldReader part, int index, MediaList? media)
    {
        var type = part.RequiredText("type");
        var text = type switch
        {
            "text" => part.RequiredText("text"),
            "refusal" => part.RequiredText("refusal"),
            "image_url" or "audio_url" or "video_url" or "input_audio" when media is null => throw RequestErrors.Unsupported(part.PathOf("type"), $"'{type}' parts are read in the messages of users alone."),
            "image_url" => Url(part, type, MediaKind.Image, index, media!),
            "audio_url" => Url(part, type, MediaKind.Audio, index, media!),
            "video_url" => Url(part, type, MediaKind.Video, index, media!),
            "input_audio" => Audio(part, index, media!),
            "file" => throw RequestErrors.Unsupported(part.PathOf("type"), "'file' parts are not read; send their text."),
            _ => throw RequestErrors.WrongValue(part.PathOf("type"), $"is '{Shown.Short(type)}', but must be 'text', 'refusal', 'image_url', 'input_audio', 'audio_url' or 'video_url'."),
        };
        part.RefuseOthers();
        return text;
    }

    private static string? Url(FieldReader part, string name, MediaKind kind, int index, MediaList media)
    {
        var holder = part.Object(name) ?? throw RequestErrors.Missing(part.PathOf(name));
        var url = holder.RequiredText("url");
        // Backends choose the size that they look at.
        if (holder.Text("detail", LongestWord) is not (null or "auto" or "low" or "high"))
        {
            throw RequestErrors.WrongValue(holder.PathOf("detail"), "must be 'auto', 'low' or 'high'.");
        }

        media.AddUrl(index, kind, holder.PathOf("url"), url);
        holder.RefuseOthers();
        return null;
    }

    private static string? Audio(FieldReader part, int index, MediaList media)
    {
        var holder = part.Object("input_audio") ?? throw RequestErrors.Missing(part.PathOf("input_audio"));
        media.AddBase64(index, MediaKind.Audio, holder.PathOf("data"), holder.RequiredText("data"));
        // The bytes say so themselves.
        _ = holder.Text("format", LongestWord);
        holder.RefuseOthers();
        return null;
    }
}
