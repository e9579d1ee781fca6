using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>The jobs of this instance that wait for a worker of one model in one lane.</summary>
internal sealed class WaitingLine(string model, Lane lane, DispatchOptions options, WorkerFleet fleet)
{
    private int _count;

    public string Model => model;

    public Lane Lane => lane;

    public string Queue { get; } = QueueNames.Text(model, lane);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Places for all of a request's jobs, or null when they do not fit.</summary>
    public IReadOnlyList<QueuePlace>? TryEnter(int jobs)
    {
        if (Interlocked.Add(ref _count, jobs) <= options.MaxQueued)
        {
            return [.. Enumerable.Range(0, jobs).Select(_ => new QueuePlace(this))];
        }

        Interlocked.Add(ref _count, -jobs);
        return null;
    }

    public void Leave() => Interlocked.Decrement(ref _count);

    public bool HasExpired(TimeSpan waited, out string reason)
    {
        reason = waited >= options.QueueTimeout
            ? $"No worker took the request for the model '{model}' within {options.QueueTimeout.TotalSeconds:0.#} s (Dispatch:QueueTimeout): {fleet.Describe(model)}"
            : "";
        return reason.Length > 0;
    }
}
