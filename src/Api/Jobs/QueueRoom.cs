using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Limits;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Whether a request may wait: not when the line is full, and not when its key has reached its limits.</summary>
internal sealed class QueueRoom(QueueDepths depths, WorkerFleet fleet, KeyUsages usages, IOptions<DispatchOptions> options)
{
    // What a caller that is refused should wait: a guess from the line's length, within what is polite.
    private const int LongestRetrySeconds = 60;

    /// <summary>Places for all of a request's jobs.</summary>
    /// <exception cref="ApiException">The queue is full, or the key's own limit is reached.</exception>
    public IReadOnlyList<QueuePlace> Enter(WaitingLine line, string owner, int jobs)
    {
        var waiting = depths.Latest(line.Queue)?.Waiting ?? 0;
        if (waiting + jobs <= options.Value.MaxQueued && line.TryEnter(owner, usages.Of(owner), jobs) is { } places)
        {
            return places;
        }

        throw Full(line, Math.Max(waiting, line.Count));
    }

    private ApiException Full(WaitingLine line, long waiting)
    {
        var slots = fleet.Slots(line.Model);
        var message = $"{waiting} requests wait for the model '{line.Model}' already (Dispatch:MaxQueued is {options.Value.MaxQueued}): {fleet.Describe(line.Model)}";
        var retry = slots == 0 ? LongestRetrySeconds : (int)Math.Clamp(waiting / slots, 1, LongestRetrySeconds);
        var error = FailureHttpTable.ToError(new JobFailure { Code = FailureCode.QueueFull, Message = message });
        // Nobody takes from the queue: that is not the caller's haste.
        return new ApiException(error with { Status = slots == 0 ? 503 : error.Status, RetryAfterSeconds = retry });
    }
}
