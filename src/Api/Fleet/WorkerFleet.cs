using System.Collections.Concurrent;
using LocalAI.Pipeline.Messages.Workers;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Fleet;

/// <summary>The workers that were heard of lately, and what they say about themselves.</summary>
internal sealed class WorkerFleet(TimeProvider time, IOptions<FleetOptions> options)
{
    // A deployment is some hundreds; whoever invents names on the bus fills this and no more.
    private const int MaxWorkers = 10_000;

    private readonly ConcurrentDictionary<string, (WorkerHeartbeat Beat, long At)> _workers = new(StringComparer.Ordinal);

    /// <summary>The last heartbeat of each worker that is alive.</summary>
    public IReadOnlyList<WorkerHeartbeat> Alive
    {
        get
        {
            foreach (var (id, worker) in _workers)
            {
                if (time.GetElapsedTime(worker.At) > options.Value.HeartbeatExpiry)
                {
                    _workers.TryRemove(KeyValuePair.Create(id, worker));
                }
            }

            return [.. _workers.Values.Select(worker => worker.Beat)];
        }
    }

    /// <summary>Takes a heartbeat; one that comes twice or late changes nothing.</summary>
    public void Heard(WorkerHeartbeat beat)
    {
        if (_workers.TryGetValue(beat.WorkerId, out var known) && known.Beat.At > beat.At)
        {
            return;
        }

        if (beat.Leaving)
        {
            _workers.TryRemove(beat.WorkerId, out _);
        }
        else if (_workers.Count < MaxWorkers || _workers.ContainsKey(beat.WorkerId))
        {
            _workers[beat.WorkerId] = (beat, time.GetTimestamp());
        }
    }

    /// <summary>Generations of a model that all workers can run at once.</summary>
    public int Slots(string model) => States(model).Where(state => state.Problem is null).Sum(state => state.Slots);

    /// <summary>Who serves a model and how busy they are, in one sentence for a caller.</summary>
    public string Describe(string model)
    {
        var states = States(model).ToList();
        if (states.Count == 0)
        {
            return "no worker that serves it is running. Start one, or wait until it is there.";
        }

        var problems = states.Select(state => state.Problem).OfType<string>().Distinct().Take(3).ToList();
        var able = states.Where(state => state.Problem is null).ToList();
        var busy = $"{able.Sum(state => state.SlotsBusy)} of {able.Sum(state => state.Slots)} slots of {able.Count} workers are busy";
        return problems.Count == 0 ? $"{busy}." : $"{busy}; {states.Count - able.Count} workers cannot serve it: {string.Join(" ", problems)}";
    }

    private IEnumerable<WorkerModelState> States(string model) =>
        Alive.SelectMany(worker => worker.Models).Where(state => state.Name == model);
}
