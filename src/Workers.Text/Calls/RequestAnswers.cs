using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Calls;

/// <summary>Answers a request over the bus with its reply, or with <see cref="JobRefused"/>.</summary>
internal sealed partial class RequestAnswers(ModelCalls calls, ILogger<RequestAnswers> logger)
{
    // A process that dies under a request is started again and asked once more; twice in a row is the request's fault.
    private const int Tries = 2;

    public async Task AnswerAsync<TReply>(ConsumeContext context, Guid jobId, string modelName, Func<BackendLease, ModelDefinition, Task<TReply>> call, Lane lane = Lane.Interactive)
        where TReply : class
    {
        try
        {
            var model = calls.Find(modelName);
            var reply = await calls.RunAsync(model, lane, lease => TryAsync(lease, model, call, context.CancellationToken), context.CancellationToken);
            await context.RespondAsync(reply);
        }
        catch (JobFailedException exception)
        {
            LogRefused(jobId, modelName, exception.Failure.Code, exception.Message);
            await context.RespondAsync(new JobRefused { JobId = jobId, Failure = exception.Failure });
        }
    }

    private static async Task<TReply> TryAsync<TReply>(BackendLease lease, ModelDefinition model, Func<BackendLease, ModelDefinition, Task<TReply>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(lease, model);
            }
            catch (BackendCallException exception) when (lease.IsBrokenBy(exception) && attempt < Tries)
            {
                await lease.RestartAsync(cancellationToken);
            }
            catch (BackendCallException exception)
            {
                throw new JobFailedException(GrpcFailures.From(exception, model), exception);
            }
        }
    }

    [LoggerMessage(4200, LogLevel.Information, "Request {JobId} for model {Model} is refused: {Code}: {Reason}")]
    private partial void LogRefused(Guid jobId, string model, FailureCode code, string reason);
}
