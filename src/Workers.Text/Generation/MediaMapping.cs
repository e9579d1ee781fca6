using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.ChatTemplates.GoTemplates;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>What messages have besides text: in lists of the request, in the order of the messages, as LocalAI's backends take it.</summary>
internal static class MediaMapping
{
    /// <summary>What stands for each in a prompt, unless the backend says otherwise.</summary>
    public const string Marker = "<__media__>";

    public static void Fill(PredictOptions request, IEnumerable<ChatMessage> messages)
    {
        foreach (var part in messages.SelectMany(message => message.Media ?? []))
        {
            (part.Kind switch
            {
                MediaKind.Image => request.Images,
                MediaKind.Audio => request.Audios,
                _ => request.Videos,
            }).Add(part.Base64);
        }
    }

    public static void Count(Message message, IReadOnlyList<MediaPart>? media)
    {
        message.ImageCount = Count(media, MediaKind.Image);
        message.AudioCount = Count(media, MediaKind.Audio);
        message.VideoCount = Count(media, MediaKind.Video);
    }

    /// <summary>A message's text for a prompt of ours, with a mark for each: <c>template.multimodal</c>, or the marks before the text.</summary>
    /// <param name="marker">The backend's own; empty for the usual one.</param>
    public static string Marked(ChatMessage message, ModelDefinition model, string marker)
    {
        if (message.Media is not { Count: > 0 } media)
        {
            return message.Content;
        }

        var text = GoMediaTemplate.Render(model.Templates.Multimodal, message.Content, Count(media, MediaKind.Image), Count(media, MediaKind.Audio), Count(media, MediaKind.Video));
        return marker.Length > 0 ? text.Replace(Marker, marker, StringComparison.Ordinal) : text;
    }

    private static int Count(IReadOnlyList<MediaPart>? media, MediaKind kind) => media?.Count(part => part.Kind == kind) ?? 0;
}
