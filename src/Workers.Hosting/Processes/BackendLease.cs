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

    /// <summary>Whether the process is gone: then a failed call can be made again after <see cref="RestartAsync"/>.</summary>
    public bool IsLost => _process.HasExited;

    /// <summary>Completes when the process is gone.</summary>
    public Task Lost => _process.Exited;

    /// <summary>Waits for the process that comes after a dead one.</summary>
    /// <exception cref="JobFailedException">None comes.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken) => _process = await _supervisor.GetAsync(cancellationToken);

    /// <summary>Ends a process that does not answer.</summary>
    public void Kill(string reason) => _supervisor.Kill(_process, reason);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _release();
        }
    }
}
