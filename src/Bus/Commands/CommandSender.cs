using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages.Jobs;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Sends through MassTransit, each time within the configured bound.</summary>
internal sealed class CommandSender(IBus bus, IClientFactory clients, ICommandQueues queues, BusBound bound, IOptions<BusOptions> options) : ICommandSender
{
    // A request whose worker leaves is asked again: of several workers that leave at once, as in a roll-out.
    private const int MaximumRequestAttempts = 5;

    public Task SendAsync<T>(string queue, T command, CancellationToken cancellationToken)
        where T : class =>
        bound.RunAsync($"send {typeof(T).Name} to {queue}", options.Value.SendTimeout, async stopping =>
        {
            try
            {
                await SendOnceAsync(queue, command, stopping);
            }
            catch (MessageReturnedException)
            {
                // Somebody deleted the queue behind our back.
                queues.Forget(queue);
                await SendOnceAsync(queue, command, stopping);
            }
        }, cancellationToken);

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class =>
        bound.RunAsync($"publish {typeof(T).Name}", options.Value.SendTimeout, stopping => bus.Publish(message, stopping), cancellationToken);

    public async Task<BusReply<TReply>> RequestAsync<TRequest, TReply>(string queue, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : class
        where TReply : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await AskAsync<TRequest, TReply>(queue, request, timeout, attempt, deadline.Token) is { } reply)
                {
                    return reply;
                }
            }
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            throw bound.Unavailable($"send {typeof(TRequest).Name} to {queue}", e);
        }
        catch (Exception e) when (e is RequestTimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No reply to {typeof(TRequest).Name} from {queue} within {timeout.TotalSeconds:0.#} s: no worker takes from it, or none is free.", e);
        }
    }

    private async Task SendOnceAsync<T>(string queue, T command, CancellationToken stopping)
        where T : class
    {
        var endpoint = await bus.GetSendEndpoint(await queues.OpenAsync(queue, stopping));
        await endpoint.Send(command, ReturnedWhenNobodyIsThere<T>(), stopping);
    }

    private static IPipe<SendContext<T>> ReturnedWhenNobodyIsThere<T>()
        where T : class =>
        Pipe.Execute<SendContext<T>>(context =>
        {
            if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
            {
                rabbit.Mandatory = true;
            }
        });

    /// <summary>Null when the worker that had the request left before it answered.</summary>
    private async Task<BusReply<TReply>?> AskAsync<TRequest, TReply>(string queue, TRequest request, TimeSpan timeout, int attempt, CancellationToken stopping)
        where TRequest : class
        where TReply : class
    {
        var client = clients.CreateRequestClient<TRequest>(await queues.OpenAsync(queue, stopping), timeout);
        try
        {
            var response = await client.GetResponse<TReply, JobRefused>(request, stopping);
            return response.Is(out Response<TReply>? reply) ? new BusReply<TReply>(reply.Message, null)
                : response.Is(out Response<JobRefused>? refused) ? new BusReply<TReply>(null, refused.Message)
                : throw new RequestFailedException($"{queue} answered {typeof(TRequest).Name} with something else: run workers and API of one release.");
        }
        catch (RequestFaultException e) when (attempt < MaximumRequestAttempts && IsLeaving(e))
        {
            return null;
        }
        catch (RequestFaultException e)
        {
            var reason = e.Fault?.Exceptions.FirstOrDefault()?.Message ?? e.Message;
            throw new RequestFailedException($"{queue} failed at {typeof(TRequest).Name}: {reason}", e);
        }
        catch (MessageReturnedException)
        {
            queues.Forget(queue);
            return null;
        }
    }

    private static bool IsLeaving(RequestFaultException e) =>
        e.Fault?.Exceptions.FirstOrDefault()?.ExceptionType is { } type && type.EndsWith("CanceledException", StringComparison.Ordinal);
}
