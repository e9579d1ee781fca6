using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Puts generations into their queue, if there is room, and follows them.</summary>
internal sealed class TextDispatcher(JobRelay relay, ICommandSender sender, WaitingLines lines, QueueRoom room)
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
        var places = room.Enter(line, commands[0].Owner, commands.Count);
        var reader = relay.Subscribe([.. commands.Select((command, choice) => new JobRegistration(command, places[choice]))], quietTime, aborted);
        try
        {
            foreach (var (job, place) in reader.Jobs.Zip(places))
            {
                if (line.MayGo(place, () => _ = Task.Run(() => SendHeldAsync(line.Queue, job, aborted), CancellationToken.None)))
                {
                    await sender.SendAsync(line.Queue, job.Command, aborted);
                }
            }

            return reader;
        }
        catch (BusUnavailableException e)
        {
            reader.Dispose();
            throw new ApiException(FailureHttpTable.ToError(Away(e)), e);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command whose turn has come; its reader is told how that went.</summary>
    private async Task SendHeldAsync(string queue, JobStream job, CancellationToken aborted)
    {
        try
        {
            await sender.SendAsync(queue, job.Command, aborted);
        }
        catch (BusUnavailableException e)
        {
            relay.Fail(job, Away(e));
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // Its reader has gone as well, and ends the job.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            relay.Fail(job, new JobFailure { Code = FailureCode.Internal, Message = $"The request could not be handed on: {e.Message}" });
        }
    }

    private static JobFailure Away(BusUnavailableException e) => new() { Code = FailureCode.BrokerUnavailable, Message = e.Message };
}
