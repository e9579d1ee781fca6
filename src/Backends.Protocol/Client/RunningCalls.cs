using System.Diagnostics;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>The calls of one client, and since when each waits for something to read.</summary>
internal sealed class RunningCalls
{
    private readonly Lock _gate = new();
    private readonly HashSet<Pulse> _calls = [];

    public Pulse Begin()
    {
        var call = new Pulse(this);
        lock (_gate)
        {
            _calls.Add(call);
        }

        return call;
    }

    public CallSilence Silence()
    {
        lock (_gate)
        {
            return _calls.Count == 0
                ? default
                : new CallSilence(_calls.Count, _calls.Min(call => call.Silence), _calls.Max(call => call.Silence));
        }
    }

    private void End(Pulse call)
    {
        lock (_gate)
        {
            _calls.Remove(call);
        }
    }

    /// <summary>One call. Waiting and receiving cost one write each.</summary>
    public sealed class Pulse(RunningCalls calls) : IDisposable
    {
        private const long NotWaiting = 0;

        private long _waitingSince;

        /// <summary>Of a call whose silence says nothing.</summary>
        public static Pulse Unheard => new(new RunningCalls());

        public TimeSpan Silence => Volatile.Read(ref _waitingSince) is var since and not NotWaiting ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

        public void Waits() => Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());

        public void Received() => Volatile.Write(ref _waitingSince, NotWaiting);

        public void Dispose() => calls.End(this);
    }
}
