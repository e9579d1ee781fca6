namespace LocalAI.Pipeline.Bus.Broker;

/// <summary>Pauses between attempts: doubled each time from 100 ms, never over the maximum, with a random quarter so that processes do not come back in step.</summary>
internal sealed class BackOff(TimeSpan maximum)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        var step = _next < maximum ? _next : maximum;
        _next = step * 2;
        return step * (0.75 + (0.25 * Random.Shared.NextDouble()));
    }

    public void Reset() => _next = First;
}
