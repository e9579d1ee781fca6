using System.Threading.Channels;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A bus that is away for the first so many messages.</summary>
internal sealed class FlakySender(int failures) : ICommandSender
{
    private readonly Channel<object> _sent = Channel.CreateUnbounded<object>();
    private int _failures = failures;

    public ChannelReader<object> Sent => _sent.Reader;

    public Task SendAsync<T>(string queue, T command, CancellationToken cancellationToken)
        where T : class => PublishAsync(command, cancellationToken);

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            return Task.FromException(new BusUnavailableException("The broker is away."));
        }

        _sent.Writer.TryWrite(message);
        return Task.CompletedTask;
    }

    public Task<BusReply<TReply>> RequestAsync<TRequest, TReply>(string queue, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : class
        where TReply : class => throw new NotSupportedException();
}
