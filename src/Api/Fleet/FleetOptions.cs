using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Fleet;

/// <summary>When a worker counts as gone.</summary>
internal sealed class FleetOptions
{
    public const string SectionName = "Fleet";

    /// <summary>After so long without a heartbeat: they come every 5 s, so three are missing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HeartbeatExpiry { get; set; } = TimeSpan.FromSeconds(20);
}
