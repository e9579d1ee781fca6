using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>The use of a loaded model; while one is open, the model is not unloaded. Dispose it when the call is over.</summary>
public sealed class BackendLease : IDisposable
{
    private readonly BackendSupervisor _supervisor;
    private readonly Action _release;
    private BackendProcess _process;
    private int _released;

    internal BackendLease(BackendSupervisor supervisor, BackendProcess process, Action release)
    {
        _supervisor = supervisor;
        _process = process;
        _release = release;
    }

    /// <summary>Calls the backend.</summary>
    public BackendClient Client => _process.Client;

    /// <summary>
    /// Whether a call failed because the process is gone, or a backend elsewhere was started anew and has no model: the call can be
    /// made again after <see cref="RestartAsync"/>.
    /// </summary>
    public bool IsBrokenBy(BackendCallException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return _process.HasExited || exception.Status == GrpcStatus.Unavailable || (exception.Status == GrpcStatus.FailedPrecondition && _process.IsElsewhere);
    }

    /// <summary>After a call that broke: waits for the process that comes after a dead or hanging one. A live one stays.</summary>
    /// <exception cref="JobFailedException">None comes.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await _supervisor.SettleAsync(_process, cancellationToken);
        _process = await _supervisor.GetAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _release();
        }
    }
}
