using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Jobs;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>Asks how far a job got: its API instance, when its command comes for a second time, or any, always, where it is durable.</summary>
public sealed partial class JobStarts(ICommandSender commands, InstanceIdentity worker, ILogger<JobStarts> logger)
{
    // An API instance answers from memory, or with one look into its database; one that does not in this time is gone, and its client with it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Where to go on; null when nobody wants the job any more, or nobody can say. A durable job's command is then sent again later.</summary>
    public async Task<JobStart?> FindAsync(Guid jobId, string instanceId, bool redelivered, CancellationToken cancellationToken)
    {
        var isDurable = instanceId == QueueNames.DurableInstance;
        if (!redelivered && !isDurable)
        {
            return JobStart.First;
        }

        var question = new GetJobProgress { JobId = jobId, WorkerId = worker.Id, Redelivered = redelivered };
        try
        {
            var queue = isDurable ? QueueNames.DurableProgress : QueueNames.ApiInstance(instanceId);
            var answer = await commands.RequestAsync<GetJobProgress, JobProgress>(queue, question, Timeout, cancellationToken);
            return answer.Reply is { Wanted: true } progress
                ? new JobStart(progress.Attempt, progress.NextSequence, progress.RawText, progress.CompletionTokens)
                : null;
        }
        catch (TimeoutException)
        {
            LogDropped(jobId, instanceId);
            return null;
        }
        catch (Exception exception) when (isDurable && exception is (BusUnavailableException or RequestFailedException))
        {
            LogUnknown(jobId, exception.Message);
            return null;
        }
    }

    [LoggerMessage(3200, LogLevel.Warning, "Job {JobId} came again, but its API instance {Instance} does not answer: it is dropped")]
    private partial void LogDropped(Guid jobId, string instance);

    [LoggerMessage(3201, LogLevel.Warning, "Nobody could say how far the durable job {JobId} got, so it is left until its command is sent again: {Reason}")]
    private partial void LogUnknown(Guid jobId, string reason);
}
