using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Media;

/// <summary>Puts into the messages what they have besides text, for a model that takes it. Until large content travels by reference, all of it fits where a body fits.</summary>
internal sealed class MessageMedia(LinkDownloads links, IOptions<MediaOptions> options, IOptions<RequestOptions> requests)
{
    /// <exception cref="ApiException">The model does not take it, a link is refused, or it is too large or of no known type; the field is named.</exception>
    public async Task<IReadOnlyList<ChatMessage>> AttachAsync(IReadOnlyList<ChatMessage> messages, MediaList media, ModelDefinition model, CancellationToken aborted)
    {
        if (media.Sources.Count == 0)
        {
            return messages;
        }

        Check(media.Sources, model);
        var parts = new List<(int Message, MediaPart Part)>(media.Sources.Count);
        var total = 0L;
        foreach (var source in media.Sources)
        {
            var part = await PartOfAsync(source, aborted);
            total += part.Base64.Length;
            if (total > requests.Value.MaxBodyBytes)
            {
                throw new ApiException(new ApiError(413, ApiErrorTypes.InvalidRequest, "request_too_large", $"What the messages have besides text is over {requests.Value.MaxBodyBytes} bytes together, written as Base64 (Requests:MaxBodyBytes).", source.Path));
            }

            parts.Add((source.Message, part));
        }

        var byMessage = parts.ToLookup(part => part.Message, part => part.Part);
        return [.. messages.Select((message, index) => byMessage.Contains(index) ? message with { Media = [.. byMessage[index]] } : message)];
    }

    private static void Check(IReadOnlyList<MediaSource> sources, ModelDefinition model)
    {
        if (sources.FirstOrDefault(source => !model.Takes(Word(source.Kind))) is { } refused)
        {
            throw RequestErrors.Unsupported(refused.Path, $"the model '{model.Name}' takes no {Word(refused.Kind)} (a model's file says so by mmproj, known_usecases or known_input_modalities); send text.");
        }
    }

    private async Task<MediaPart> PartOfAsync(MediaSource source, CancellationToken aborted)
    {
        var bytes = source.Base64 is { } inline ? Convert.FromBase64String(inline) : await DownloadAsync(source, aborted);
        if (bytes.Length > options.Value.MaxItemBytes)
        {
            throw RequestErrors.WrongValue(source.Path, $"has {bytes.Length} bytes, at most {options.Value.MaxItemBytes} are allowed (Media:MaxItemBytes).");
        }

        var type = MediaTypes.Of(source.Kind, bytes) ?? throw RequestErrors.WrongValue(source.Path, $"is no {MediaTypes.Names(source.Kind)}.");
        return new MediaPart { Kind = source.Kind, Type = type, Base64 = Convert.ToBase64String(bytes) };
    }

    private async Task<byte[]> DownloadAsync(MediaSource source, CancellationToken aborted)
    {
        if (!options.Value.AllowLinks)
        {
            throw RequestErrors.Unsupported(source.Path, "links are not followed here (Media:AllowLinks); send a data URL.");
        }

        try
        {
            return await links.GetAsync(source.Link!, aborted);
        }
        catch (LinkRefusedException exception)
        {
            throw new ApiException(new ApiError(400, ApiErrorTypes.InvalidRequest, "invalid_link", $"The link '{Shown.Short(source.Link!.ToString())}' {exception.Message}.", source.Path), exception);
        }
    }

    private static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Audio => "audio",
        _ => "video",
    };
}
