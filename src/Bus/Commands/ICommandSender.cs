namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Sends commands and events, and asks for replies, over whichever transport is configured.</summary>
public interface ICommandSender
{
    /// <summary>
    /// Sends a command to a queue of <see cref="Messages.QueueNames"/>, creating the queue when no worker has been there
    /// yet, so that the command waits in the broker. Returns when the broker has it.
    /// </summary>
    /// <exception cref="BusUnavailableException">The broker did not take it within the configured time.</exception>
    Task SendAsync<T>(string queue, T command, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Publishes an event to whoever listens.</summary>
    /// <exception cref="BusUnavailableException">The broker did not take it within the configured time.</exception>
    Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class;

    /// <summary>
    /// Sends a request to a queue and waits for its reply: the reply, or the refusal. Asked again where its worker leaves
    /// before it answers.
    /// </summary>
    /// <exception cref="BusUnavailableException">The broker did not take it.</exception>
    /// <exception cref="RequestFailedException">The consumer threw.</exception>
    /// <exception cref="TimeoutException">No reply within <paramref name="timeout"/>.</exception>
    Task<BusReply<TReply>> RequestAsync<TRequest, TReply>(string queue, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : class
        where TReply : class;
}
