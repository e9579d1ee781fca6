using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Jobs;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>Asks a job's API instance how far it got, when its command comes for a second time.</summary>
public sealed partial class JobStarts(ICommandSender commands, InstanceIdentity worker, ILogger<JobStarts> logger)
{
    // An API instance answers from memory; one that does not in this time is gone, and its client with it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Where to go on; null when nobody wants the job any more.</summary>
    public async Task<JobStart?> FindAsync(Guid jobId, string instanceId, bool redelivered, CancellationToken cancellationToken)
    {
        if (!redelivered)
        {
            return JobStart.First;
        }

        try
        {
            var question = new GetJobProgress { JobId = jobId, WorkerId = worker.Id };
            var answer = await commands.RequestAsync<GetJobProgress, JobProgress>(QueueNames.ApiInstance(instanceId), question, Timeout, cancellationToken);
            return answer.Reply is { Wanted: true } progress
                ? new JobStart(progress.Attempt, progress.NextSequence, progress.RawText, progress.CompletionTokens)
                : null;
        }
        catch (TimeoutException)
        {
            LogDropped(jobId, instanceId);
            return null;
        }
    }

    [LoggerMessage(3200, LogLevel.Warning, "Job {JobId} came again, but its API instance {Instance} does not answer: it is dropped")]
    private partial void LogDropped(Guid jobId, string instance);
}
