using LocalAI.Pipeline.Api.Metrics;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>The relay's time and where it counts it.</summary>
internal sealed class RelayClock(TimeProvider time, ApiMetrics metrics)
{
    public TimeProvider Time => time;

    public ApiMetrics Metrics => metrics;

    public long Now => time.GetTimestamp();

    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    public TimeSpan Between(long from, long to) => time.GetElapsedTime(from, to);
}
