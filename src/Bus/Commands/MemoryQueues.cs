using System.Collections.Concurrent;
using MassTransit;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>
/// The queues of the in-memory transport, which tells nobody how long they are: counted as messages that were sent and
/// not yet taken.
/// </summary>
internal sealed class MemoryQueues : ICommandQueues, IQueueInspector, ISendObserver, IReceiveObserver
{
    private readonly ConcurrentDictionary<string, Counts> _queues = new(StringComparer.Ordinal);

    public ValueTask<Uri> OpenAsync(string queue, CancellationToken cancellationToken)
    {
        _ = Of(queue);
        return ValueTask.FromResult(new Uri($"queue:{queue}"));
    }

    public void Forget(string queue)
    {
    }

    public void AddConsumer(string queue) => Interlocked.Increment(ref Of(queue).Consumers);

    public Task<QueueDepth?> GetDepthAsync(string queue, CancellationToken cancellationToken) =>
        Task.FromResult<QueueDepth?>(_queues.TryGetValue(queue, out var counts)
            ? new QueueDepth(Math.Max(0, Interlocked.Read(ref counts.Waiting)), counts.Consumers)
            : null);

    public Task PreSend<T>(SendContext<T> context)
        where T : class => Count(context.DestinationAddress, 1);

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Count(context.DestinationAddress, -1);

    public Task PreReceive(ReceiveContext context) => Count(context.InputAddress, -1);

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    private Task Count(Uri? address, int change)
    {
        // Only queues that somebody opened or consumes are counted: replies go to addresses of their own.
        if (address is not null && _queues.TryGetValue(address.AbsolutePath.Trim('/'), out var counts))
        {
            Interlocked.Add(ref counts.Waiting, change);
        }

        return Task.CompletedTask;
    }

    private Counts Of(string queue) => _queues.GetOrAdd(queue, _ => new Counts());

    private sealed class Counts
    {
        public long Waiting;
        public int Consumers;
    }
}
