using LocalAI.Pipeline.Bus.Broker;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Bus;

/// <summary>Turns what a transport throws, and a wait without end, into one exception that says what to do.</summary>
internal sealed class BusBound(IOptions<BusOptions> options)
{
    /// <exception cref="BusUnavailableException">It took longer, or the broker was lost.</exception>
    public async Task RunAsync(string action, TimeSpan limit, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            // MassTransit waits for a lost broker before it looks at the token.
            await work(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusUnavailableException($"Could not {action} within {limit.TotalSeconds:0.#} s. {BrokerErrors.Hint(options.Value)}", e);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            throw Unavailable(action, e);
        }
    }

    public BusUnavailableException Unavailable(string action, Exception loss) =>
        new($"Could not {action}: {BrokerErrors.Describe(loss, options.Value)}", loss);
}
