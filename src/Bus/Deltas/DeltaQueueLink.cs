using LocalAI.Pipeline.Bus.Broker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>Keeps one queue of delta frames consumed: again after each loss, with growing pauses, until the process stops.</summary>
internal sealed class DeltaQueueLink(string part, BrokerConnection connection, BusHealth health, IOptions<BusOptions> options, TimeProvider time, ILogger logger)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BackOff _backOff = new(options.Value.ReconnectDelayMaximum);
    private bool _isLost;

    /// <summary>Completes when the queue is consumed for the first time.</summary>
    public Task First => _first.Task;

    /// <summary>There is nothing to consume in this process.</summary>
    public void Skip() => _first.TrySetResult();

    /// <param name="consume">Consumes on a new channel until the link is lost, and returns why.</param>
    public async Task RunAsync(Func<IChannel, Task<string>> consume, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var open = await connection.GetAsync(TimeSpan.Zero, stopping);
                await using var channel = await open.CreateChannelAsync(cancellationToken: stopping);
                channel.CallbackExceptionAsync += (_, thrown) =>
                {
                    logger.SinkThrew(thrown.Exception);
                    return Task.CompletedTask;
                };
                Lost(await consume(channel));
            }
            catch (Exception e) when (e is BusUnavailableException || BrokerErrors.IsLoss(e))
            {
                Lost(e is BusUnavailableException ? e.Message : BrokerErrors.Describe(e, options.Value));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(_backOff.Next(), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The queue is consumed now; returns whether it was before, so that frames may be missing.</summary>
    public bool Restored()
    {
        _backOff.Reset();
        health.Report(part, null);
        _isLost = false;
        if (_first.TrySetResult())
        {
            return false;
        }

        logger.LinkRestored();
        return true;
    }

    private void Lost(string reason)
    {
        health.Report(part, $"The link for token deltas is lost: {reason}");
        if (!_isLost)
        {
            _isLost = true;
            logger.LinkLost(reason);
        }
    }
}
