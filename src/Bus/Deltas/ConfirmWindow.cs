using System.Globalization;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// The frames of one channel that wait for the broker's confirm. The broker counts a channel's messages from 1, may
/// confirm several at once, and returns a message that has no queue before it confirms it.
/// </summary>
internal sealed class ConfirmWindow(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, PendingFrame> _pending = [];
    private ulong _published;
    private ulong _oldest = 1;
    private Exception? _lost;

    public bool IsLost => Volatile.Read(ref _lost) is not null;

    /// <summary>How long the oldest unconfirmed frame has waited.</summary>
    public TimeSpan OldestWait
    {
        get
        {
            lock (_gate)
            {
                return _pending.TryGetValue(_oldest, out var oldest) ? time.GetElapsedTime(oldest.PublishedAt) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Numbers the next frame. Frames must be published in the order of their numbers.</summary>
    public PendingFrame Add(out ulong number)
    {
        lock (_gate)
        {
            if (_lost is { } reason)
            {
                throw reason;
            }

            number = ++_published;
            var frame = new PendingFrame(time.GetTimestamp());
            _pending.Add(number, frame);
            return frame;
        }
    }

    public void Return(string? number)
    {
        lock (_gate)
        {
            if (ulong.TryParse(number, CultureInfo.InvariantCulture, out var returned) && _pending.TryGetValue(returned, out var frame))
            {
                frame.IsReturned = true;
            }
        }
    }

    /// <summary>The broker confirmed one frame or all up to it, or refused them.</summary>
    public void Settle(ulong number, bool multiple, Exception? refused)
    {
        lock (_gate)
        {
            for (var current = multiple ? _oldest : number; current <= number; current++)
            {
                if (!_pending.Remove(current, out var frame))
                {
                    continue;
                }

                if (refused is null)
                {
                    frame.Confirm();
                }
                else
                {
                    frame.Fail(refused);
                }
            }

            while (_oldest <= _published && !_pending.ContainsKey(_oldest))
            {
                _oldest++;
            }
        }
    }

    /// <summary>Nothing more will be confirmed.</summary>
    public void Lose(Exception reason)
    {
        lock (_gate)
        {
            _lost ??= reason;
            foreach (var frame in _pending.Values)
            {
                frame.Fail(_lost);
            }

            _pending.Clear();
        }
    }
}
