using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Deltas;

/// <summary>A fake clock that tells when somebody begins to wait for a given time.</summary>
internal sealed class RestSignal(TimeSpan rest) : FakeTimeProvider
{
    private readonly Channel<bool> _begun = Channel.CreateUnbounded<bool>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == rest)
        {
            _begun.Writer.TryWrite(true);
        }

        return timer;
    }

    public async Task BegunAsync(CancellationToken cancellationToken) => await _begun.Reader.ReadAsync(cancellationToken);
}
