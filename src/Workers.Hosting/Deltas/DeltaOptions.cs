using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Workers.Hosting.Deltas;

/// <summary>How deltas are kept and sent.</summary>
public sealed class DeltaOptions
{
    /// <summary>The section.</summary>
    public const string SectionName = "Workers:Deltas";

    /// <summary>Deltas of one job that wait to be sent before its generation is held: about a second of a fast model.</summary>
    [Range(1, 65536)]
    public int PendingPerJob { get; set; } = 1024;

    /// <summary>An API instance that takes nothing for so long is gone, and its jobs are dropped. Longer than a broker's restart.</summary>
    public TimeSpan GoneAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a job that has nothing to say is reported as alive: a fraction of the relay's silence time-out.</summary>
    public TimeSpan AliveInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an ended job's deltas can be asked for again: longer than a relay takes to reconnect.</summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Ended jobs that are kept at once; the oldest leave first. A thousand answers are a few MiB.</summary>
    [Range(0, 100000)]
    public int MaxEnded { get; set; } = 1000;
}
