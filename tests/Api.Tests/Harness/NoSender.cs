using LocalAI.Pipeline.Bus.Commands;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>For parts that send nothing in a test.</summary>
internal sealed class NoSender : ICommandSender
{
    public Task SendAsync<T>(string queue, T command, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();

    public Task<BusReply<TReply>> RequestAsync<TRequest, TReply>(string queue, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : class
        where TReply : class => throw new NotSupportedException();
}
