using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Bounds of work that outlives its client.</summary>
internal sealed class DurableJobOptions
{
    public const string SectionName = "DurableJobs";

    /// <summary>How long a job may wait for a worker: nobody holds a connection meanwhile, and a day is what OpenAI gives a batch.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Jobs that have not ended, of all owners: what a fleet does in a day is less, and each is a row and a message of some KB.</summary>
    [Range(1, 10_000_000)]
    public int MaxUnfinished { get; set; } = 10_000;

    /// <summary>Workers that may try one job one after the other: a request that kills each of them must not take the fleet down.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>A job is sent to another worker when its own was not heard of for so long. It says that it lives every 5 s, and its broker notices most deaths sooner.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A job whose command seems to be lost is sent again after so long: far over what a command needs to its queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often each instance looks for what was left lying: five queries over few rows.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a follower looks by itself: news come over the bus within milliseconds, so this only bounds what a lost one costs.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a job that has ended can be read, from its acceptance on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
