using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Media;

/// <summary>Collects what a request's messages have besides text, while they are read. Whether the model takes it is known later.</summary>
internal sealed class MediaList
{
    // Each may be a download; models take fewer.
    private const int Most = 32;
    private const string Inline = "data:";
    private const string InlineEnd = ";base64,";

    private readonly List<MediaSource> _sources = [];

    public IReadOnlyList<MediaSource> Sources => _sources;

    /// <summary>Takes a URL: a link, or a <c>data:</c> URL with the bytes themselves.</summary>
    /// <exception cref="ApiException">It is neither.</exception>
    public void AddUrl(int message, MediaKind kind, string path, string url)
    {
        if (url.StartsWith(Inline, StringComparison.OrdinalIgnoreCase))
        {
            var end = url.IndexOf(InlineEnd, StringComparison.OrdinalIgnoreCase);
            AddBase64(message, kind, path, end > 0 ? url[(end + InlineEnd.Length)..] : throw RequestErrors.WrongValue(path, "is a data URL without ';base64,'."));
            return;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https") || link.UserInfo.Length > 0)
        {
            throw RequestErrors.WrongValue(path, "must be a data URL, or an http or https link without a user's name.");
        }

        Add(new MediaSource(message, kind, path, null, link));
    }

    /// <exception cref="ApiException">It is not Base64.</exception>
    public void AddBase64(int message, MediaKind kind, string path, string base64)
    {
        if (base64.Length == 0 || !System.Buffers.Text.Base64.IsValid(base64))
        {
            throw RequestErrors.WrongValue(path, "is not Base64.");
        }

        Add(new MediaSource(message, kind, path, base64, null));
    }

    private void Add(MediaSource source)
    {
        if (_sources.Count == Most)
        {
            throw RequestErrors.WrongValue(source.Path, $"is one too many: a request has at most {Most} pictures, sounds and films.");
        }

        _sources.Add(source);
    }
}
