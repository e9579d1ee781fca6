using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>How long and how many requests wait for a worker.</summary>
internal sealed class DispatchOptions
{
    public const string SectionName = "Dispatch";

    /// <summary>Jobs of one model and lane that wait at once: more than that is minutes of work for a slot, and an honest 429 now beats a time-out later.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 256;

    /// <summary>Jobs of one model and lane that an instance has in the broker's queue at once, before a worker took them: all later ones wait behind these whatever their key, and fewer would leave slots idle for a round trip. A quarter of the fleet's slots where that is more.</summary>
    [Range(1, 1_000_000)]
    public int Ahead { get; set; } = 4;

    /// <summary>How long a job waits for a worker: a large model may have to be loaded first, and clients give up after some minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(120);
}
