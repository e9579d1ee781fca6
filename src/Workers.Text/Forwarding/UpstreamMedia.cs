using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>Gives each message what it has besides text, from the request's lists, as OpenAI's parts.</summary>
internal sealed class UpstreamMedia(PredictOptions request)
{
    private int _images;
    private int _audios;
    private int _videos;

    /// <summary>Call it once for each message, in order.</summary>
    public JsonNode ContentOf(Message message)
    {
        if (message.ImageCount + message.AudioCount + message.VideoCount == 0)
        {
            return message.Content;
        }

        var parts = new JsonArray();
        if (message.Content.Length > 0)
        {
            parts.Add(new JsonObject { ["type"] = "text", ["text"] = message.Content });
        }

        for (var i = 0; i < message.ImageCount; i++)
        {
            parts.Add(Link("image_url", "image", request.Images[_images++]));
        }

        for (var i = 0; i < message.AudioCount; i++)
        {
            parts.Add(Sound(request.Audios[_audios++]));
        }

        for (var i = 0; i < message.VideoCount; i++)
        {
            parts.Add(Link("video_url", "video", request.Videos[_videos++]));
        }

        return parts;
    }

    // Servers look at the bytes; a data URL must name some type.
    private static JsonObject Link(string type, string kind, string base64) => new()
    {
        ["type"] = type,
        [type] = new JsonObject { ["url"] = $"data:{kind}/{Format(kind, base64)};base64,{base64}" },
    };

    // OpenAI's way to send sound; it has no links to it.
    private static JsonObject Sound(string base64) => new()
    {
        ["type"] = "input_audio",
        ["input_audio"] = new JsonObject { ["data"] = base64, ["format"] = base64.StartsWith("UklG", StringComparison.Ordinal) ? "wav" : "mp3" },
    };

    private static string Format(string kind, string base64) => kind switch
    {
        "image" => base64.StartsWith("/9j/", StringComparison.Ordinal) ? "jpeg" : base64.StartsWith("R0lG", StringComparison.Ordinal) ? "gif" : base64.StartsWith("UklG", StringComparison.Ordinal) ? "webp" : "png",
        _ => "mp4",
    };
}
