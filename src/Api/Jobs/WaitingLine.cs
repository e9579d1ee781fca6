using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Limits;
using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>
/// The jobs of this instance that wait for a worker of one model in one lane. The broker's queue is first in, first out, so
/// only a few of them stand there at a time; the others are held back here, where keys take turns.
/// </summary>
internal sealed class WaitingLine(string model, Lane lane, DispatchOptions options, WorkerFleet fleet, WaitingLines lines)
{
    // With many slots a few jobs ahead would leave some idle for a round trip.
    private const int SlotsForOneAhead = 4;

    private readonly Lock _gate = new();
    private readonly FairOrder<HeldJob> _held = new();
    private int _count;
    private int _handedOn;

    public string Model => model;

    public Lane Lane => lane;

    public string Queue { get; } = QueueNames.Text(model, lane);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Places for all of a request's jobs, or null when they do not fit.</summary>
    /// <exception cref="Errors.ApiException">They fit, but the key has reached a limit of its own.</exception>
    public IReadOnlyList<QueuePlace>? TryEnter(string owner, KeyUsage usage, int jobs)
    {
        lock (_gate)
        {
            if (_count + jobs > options.MaxQueued)
            {
                return null;
            }

            usage.Enter(jobs);
            _count += jobs;
        }

        return [.. Enumerable.Range(0, jobs).Select(_ => new QueuePlace(this, owner, usage))];
    }

    /// <summary>Whether its command may be sent now; otherwise <paramref name="send"/> is called at its turn, or never if it ends before.</summary>
    public bool MayGo(QueuePlace place, Action send)
    {
        lock (_gate)
        {
            if (place.Now != QueuePlace.Stage.Entered)
            {
                return false;
            }

            if (_held.Count == 0 && TryGo(place))
            {
                return true;
            }

            place.Now = QueuePlace.Stage.Held;
            place.Node = _held.Add(place.Owner, place.Usage.Weight, new HeldJob(place, send));
        }

        // The others may be held by limits of their keys, which are none of this one's.
        Admit();
        return false;
    }

    public void Take(QueuePlace place)
    {
        lock (_gate)
        {
            if (place.Now != QueuePlace.Stage.HandedOn)
            {
                return;
            }

            LeaveQueue(place);
            place.Now = QueuePlace.Stage.Taken;
        }

        Admit();
    }

    public void End(QueuePlace place, int tokens)
    {
        lock (_gate)
        {
            if (place.Now == QueuePlace.Stage.Over)
            {
                return;
            }

            if (place.Now == QueuePlace.Stage.Held)
            {
                _held.Remove(place.Owner, place.Node!);
            }

            var hasGone = place.Now is QueuePlace.Stage.HandedOn or QueuePlace.Stage.Taken;
            if (place.Now != QueuePlace.Stage.Taken)
            {
                LeaveQueue(place);
            }

            place.Now = QueuePlace.Stage.Over;
            if (hasGone)
            {
                place.Usage.End(tokens);
            }
        }

        if (place.Usage.HasRunningLimit)
        {
            // Its key may wait for this in another line.
            lines.Admit();
        }
        else
        {
            Admit();
        }
    }

    /// <summary>Sends what may go by now.</summary>
    public void Admit()
    {
        while (true)
        {
            HeldJob next;
            lock (_gate)
            {
                if (!_held.TryTake(held => TryGo(held.Place), out next))
                {
                    return;
                }
            }

            next.Send();
        }
    }

    public bool HasExpired(TimeSpan waited, out string reason)
    {
        reason = waited >= options.QueueTimeout
            ? $"No worker took the request for the model '{model}' within {options.QueueTimeout.TotalSeconds:0.#} s (Dispatch:QueueTimeout): {fleet.Describe(model)}"
            : "";
        return reason.Length > 0;
    }

    private bool TryGo(QueuePlace place)
    {
        if (_handedOn >= options.Ahead && _handedOn >= fleet.Slots(model) / SlotsForOneAhead)
        {
            return false;
        }

        if (!place.Usage.TryRun())
        {
            return false;
        }

        _handedOn++;
        place.Now = QueuePlace.Stage.HandedOn;
        return true;
    }

    private void LeaveQueue(QueuePlace place)
    {
        _count--;
        place.Usage.Leave(1);
        if (place.Now == QueuePlace.Stage.HandedOn)
        {
            _handedOn--;
        }
    }
}
