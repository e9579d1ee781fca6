using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Puts generations into their queue, if there is room, and follows them.</summary>
internal sealed class TextDispatcher(JobRelay relay, ICommandSender sender, WaitingLines lines, QueueDepths depths, WorkerFleet fleet, IOptions<DispatchOptions> options)
{
    // What a caller that is refused should wait: a guess from the line's length, within what is polite.
    private const int LongestRetrySeconds = 60;

    /// <summary>Sends all commands of one request (one for each choice, same model and lane) and returns what their reader sees.</summary>
    /// <param name="quietTime">After so long without a delta the reader is woken.</param>
    /// <param name="aborted">Cancelled when the client has gone.</param>
    /// <exception cref="ApiException">The queue is full, or the broker is away.</exception>
    public async Task<JobSubscription> StartAsync(IReadOnlyList<GenerateText> commands, TimeSpan quietTime, CancellationToken aborted)
    {
        var line = lines.Of(commands[0].Model, commands[0].Lane);
        var places = Enter(line, commands.Count);
        var reader = relay.Subscribe([.. commands.Select((command, choice) => new JobRegistration(command, places[choice]))], quietTime, aborted);
        try
        {
            foreach (var command in commands)
            {
                await sender.SendAsync(line.Queue, command, aborted);
            }

            return reader;
        }
        catch (BusUnavailableException e)
        {
            reader.Dispose();
            throw new ApiException(FailureHttpTable.ToError(new JobFailure { Code = FailureCode.BrokerUnavailable, Message = e.Message }), e);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private IReadOnlyList<QueuePlace> Enter(WaitingLine line, int jobs)
    {
        var waiting = depths.Latest(line.Queue)?.Waiting ?? 0;
        if (waiting + jobs <= options.Value.MaxQueued && line.TryEnter(jobs) is { } places)
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
