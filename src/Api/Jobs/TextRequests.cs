using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Asks a text worker for what it answers in one reply: embeddings, rankings, tokens, prompts.</summary>
internal sealed class TextRequests(ICommandSender sender, IOptions<DispatchOptions> options)
{
    /// <param name="model">The model's own name, as <see cref="ModelResolver"/> found it; one of its queues gets the request.</param>
    /// <param name="aborted">Cancelled when the client has gone.</param>
    /// <param name="lane">Which of the queues.</param>
    /// <exception cref="ApiException">It was refused, nobody answered in time, or the broker is away.</exception>
    public async Task<TReply> AskAsync<TRequest, TReply>(string model, TRequest request, CancellationToken aborted, Lane lane = Lane.Interactive)
        where TRequest : class
        where TReply : class
    {
        try
        {
            var answer = await sender.RequestAsync<TRequest, TReply>(QueueNames.Text(model, lane), request, options.Value.QueueTimeout, aborted);
            return answer.Reply ?? throw new ApiException(FailureHttpTable.ToError(answer.Refused!.Failure));
        }
        catch (TimeoutException e)
        {
            throw Failed(FailureCode.QueueTimeout, e);
        }
        catch (BusUnavailableException e)
        {
            throw Failed(FailureCode.BrokerUnavailable, e);
        }
        catch (RequestFailedException e)
        {
            throw Failed(FailureCode.BackendError, e);
        }
    }

    private static ApiException Failed(FailureCode code, Exception reason) =>
        new(FailureHttpTable.ToError(new JobFailure { Code = code, Message = reason.Message }), reason);
}
