using System.Threading.Channels;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>
/// Publishes what the relay tells the workers, so that the relay itself never waits. A message that is lost here costs a
/// slot until its job ends by itself, or the next question for deltas; so the wait is bounded, not endless.
/// </summary>
internal sealed class RelayOutbox(ICommandSender sender, ILogger<RelayOutbox> logger) : BackgroundService
{
    // More than the clients that one instance can lose at once.
    private const int Capacity = 16_384;

    // A publish takes up to 3 ms on RabbitMQ; 1000 clients that leave at once shall free their slots in under a second.
    private const int Publishers = 4;

    // Each waits up to Bus:SendTimeout by itself, so this outlasts a restart of the broker.
    private const int MaxTries = 6;

    private readonly Channel<RelayMessage> _messages = Channel.CreateBounded<RelayMessage>(Capacity);

    public void Post(JobCancellationRequested message) => Post(new RelayMessage(message, null));

    public void Post(DeltaResendRequested message) => Post(new RelayMessage(null, message));

    /// <summary>For tests of the relay alone, where nobody publishes.</summary>
    internal bool TryTake(out RelayMessage message) => _messages.Reader.TryRead(out message);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => PublishAllAsync(stoppingToken)));

    private void Post(RelayMessage message)
    {
        if (!_messages.Writer.TryWrite(message))
        {
            logger.OutboxFull(message.JobId, Capacity);
        }
    }

    private async Task PublishAllAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await PublishAsync(await _messages.Reader.ReadAsync(stopping), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PublishAsync(RelayMessage message, CancellationToken stopping)
    {
        for (var attempt = 1; attempt <= MaxTries && (attempt == 1 || !stopping.IsCancellationRequested); attempt++)
        {
            try
            {
                // What was begun is sent, also by a process that stops: the bus has a bound of its own.
                await (message.Cancellation is { } cancellation ? sender.PublishAsync(cancellation, CancellationToken.None) : sender.PublishAsync(message.Resend!, CancellationToken.None));
                return;
            }
            catch (BusUnavailableException e)
            {
                logger.NotSent(message.JobId, attempt, e.Message);
            }
        }
    }
}
