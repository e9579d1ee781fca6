using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Media;

/// <summary>What messages may have besides text, and where links may lead.</summary>
internal sealed class MediaOptions
{
    public const string SectionName = "Media";

    /// <summary>Bytes of one picture, sound or film: a photograph of twenty million pixels.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxItemBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>Whether links are followed at all.</summary>
    public bool AllowLinks { get; set; } = true;

    /// <summary>How long a link may take, with all its redirects: a client waits meanwhile.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LinkTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Hosts whose addresses may be private ones, such as a file server of your own.</summary>
    public IList<string> TrustedHosts { get; init; } = [];
}
