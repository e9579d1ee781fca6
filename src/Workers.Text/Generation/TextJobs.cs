using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Deltas;
using LocalAI.Pipeline.Workers.Hosting.Jobs;
using LocalAI.Pipeline.Workers.Text.Calls;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>Runs one job from its command to its handed-on outcome, and turns whatever goes wrong into one failure.</summary>
internal sealed partial class TextJobs(
    JobStarts starts, DeltaReporter reporter, ModelCalls calls, TimeProvider time, ILogger<TextJobs> logger)
{
    public async Task RunAsync(GenerateText command, bool redelivered, RunningJob job)
    {
        var start = await starts.FindAsync(command.JobId, command.InstanceId, redelivered, job.Stopped);
        if (start is null)
        {
            return;
        }

        var deltas = reporter.Open(command.JobId, start.Attempt, command.InstanceId, start.NextSequence);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(job.Stopped, deltas.InstanceGone);
        try
        {
            await GenerateAsync(command, start, deltas, stopped.Token);
            await deltas.Delivered.WaitAsync(stopped.Token);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            deltas.Abandon();
            if (!job.IsCancelled && !deltas.InstanceGone.IsCancellationRequested)
            {
                // The worker stops: the command goes back to the broker, and another worker goes on.
                throw;
            }
        }
        finally
        {
            reporter.Close(deltas);
        }
    }

    private async Task GenerateAsync(GenerateText command, JobStart start, JobDeltas deltas, CancellationToken cancellationToken)
    {
        JobFailure failure;
        try
        {
            if (command.StartBefore is { } limit && time.GetUtcNow() > limit)
            {
                throw new JobFailedException(FailureCode.QueueTimeout, $"The job waited past its time ({limit:O}) and was not started.");
            }

            var model = calls.Find(command.Model);
            await calls.RunAsync(model, command.Lane, async lease =>
            {
                var generation = new TextGeneration(command, model, lease);
                await generation.RunAsync(start, deltas, cancellationToken);
                return true;
            }, cancellationToken);
            return;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (JobFailedException exception)
        {
            LogFailed(command.JobId, command.RequestId, command.Model, exception.Failure.Code, exception.Message);
            failure = exception.Failure;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The one place where what nobody foresaw becomes the job's failure.
            LogUnexpected(exception, command.JobId, command.RequestId, command.Model);
            failure = new JobFailure { Code = FailureCode.Internal, Message = $"The worker failed unexpectedly; its log has request {command.RequestId}." };
        }

        await deltas.AddAsync(new GenerationDelta { Sequence = 0, Failure = failure }, cancellationToken);
    }

    [LoggerMessage(4000, LogLevel.Information, "Job {JobId} (request {RequestId}) for model {Model} failed: {Code}: {Reason}")]
    private partial void LogFailed(Guid jobId, string requestId, string model, FailureCode code, string reason);

    [LoggerMessage(4001, LogLevel.Error, "Job {JobId} (request {RequestId}) for model {Model} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, Guid jobId, string requestId, string model);
}
