using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Sse;

/// <summary>How streams are kept open.</summary>
internal sealed class SseOptions
{
    public const string SectionName = "Sse";

    /// <summary>A comment is sent after so long without a token: proxies cut connections that are silent for 30 to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);
}
