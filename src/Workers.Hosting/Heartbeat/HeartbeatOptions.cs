namespace LocalAI.Pipeline.Workers.Hosting.Heartbeat;

/// <summary>How often a worker tells what it serves.</summary>
public sealed class HeartbeatOptions
{
    /// <summary>The section.</summary>
    public const string SectionName = "Workers:Heartbeat";

    /// <summary>Readiness and metrics are as old as this; a message every few seconds costs nothing.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);
}
