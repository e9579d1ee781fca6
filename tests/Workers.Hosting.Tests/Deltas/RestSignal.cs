using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Deltas;

/// <summary>A fake clock that tells when somebody begins to wait for one of the given times.</summary>
internal sealed class RestSignal(params TimeSpan[] rests) : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _begun = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (rests.Contains(dueTime))
        {
            _begun.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Ends when somebody waits for that time.</summary>
    public async Task BegunAsync(TimeSpan rest, CancellationToken cancellationToken)
    {
        while (await _begun.Reader.ReadAsync(cancellationToken) != rest)
        {
        }
    }
}
