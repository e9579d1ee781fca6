using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>
/// Keeps one model loaded: starts its process when it is first needed and again after it died, with growing delays, and
/// leaves a model alone for a while that only crashes.
/// </summary>
internal sealed partial class BackendSupervisor(
    ModelDefinition model, BackendLocator locator, IOptions<BackendOptions> options, TimeProvider time, ILogger<BackendSupervisor> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CrashHistory _crashes = new(options.Value, time);
    private Task<BackendProcess>? _current;
    private BackendProcess? _loaded;
    private bool _startedBefore;

    public ModelDefinition Model => model;

    public long Restarts { get; private set; }

    public string? Problem { get; private set; }

    public bool IsLoaded => _loaded is { HasExited: false };

    /// <summary>The healthy process with the model loaded; waits for one that is starting. One start at a time.</summary>
    /// <exception cref="JobFailedException">It does not start, does not load, or is left alone after too many deaths.</exception>
    public async Task<BackendProcess> GetAsync(CancellationToken cancellationToken)
    {
        Task<BackendProcess> starting;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is { IsCompleted: true })
            {
                await ForgetTheDeadAsync(_current);
            }

            // The start belongs to the model and not to whoever asked first: that one may leave.
            starting = _current ??= StartAsync(_stopping.Token);
        }
        finally
        {
            _gate.Release();
        }

        return await starting.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// A call broke: returns when it is clear whether the process is gone, or lives and only the connection broke. One that hangs is
    /// ended. Whether one elsewhere is still the same process cannot be seen: it is connected to anew, and loads its model again.
    /// </summary>
    public async Task SettleAsync(BackendProcess process, CancellationToken cancellationToken)
    {
        if (process.IsElsewhere)
        {
            await process.KillAsync();
        }
        else if (await process.LastWordsAsync(cancellationToken) is null && !await process.Client.GreetsAsync(options.Value.GreetingTimeout, cancellationToken))
        {
            await KillAsync(process, "a call to it broke, and it greets no new connection");
            await process.Exited.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _gate.WaitAsync();
        if (_current is { } current)
        {
            (_current, _loaded) = (null, null);
            await current.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (current.IsCompletedSuccessfully)
            {
                await (await current).DisposeAsync();
            }
        }

        _gate.Dispose();
        _stopping.Dispose();
    }

    // Whoever needs the model next starts it again.
    private ValueTask KillAsync(BackendProcess process, string reason)
    {
        LogKilled(model.Name, process.ProcessId, reason);
        return process.KillAsync();
    }

    private async Task ForgetTheDeadAsync(Task<BackendProcess> ended)
    {
        if (ended.IsCompletedSuccessfully)
        {
            var process = await ended;
            if (!process.HasExited)
            {
                return;
            }

            var lastWords = await process.LastWordsAsync(CancellationToken.None) ?? "it says nothing";
            _crashes.Add(lastWords);
            LogDied(model.Name, process.ProcessId, lastWords);
            await process.DisposeAsync();
        }

        _current = null;
    }

    private async Task<BackendProcess> StartAsync(CancellationToken cancellationToken)
    {
        // The caller holds the gate until the first await.
        await Task.Yield();
        var delay = _crashes.NextDelay();
        if (delay is null)
        {
            Problem = _crashes.Describe();
            throw new JobFailedException(FailureCode.BackendCrashed, $"The backend of model '{model.Name}' is down: {Problem}");
        }

        await Task.Delay(delay.Value, time, cancellationToken);
        try
        {
            var process = await BackendProcess.StartAsync(model.Name, locator.Find(model.Backend), options.Value, cancellationToken);
            process.EndWhenItHangs(new HangWatch(process, options.Value, time, reason => KillAsync(process, reason)));
            await LoadAsync(process, cancellationToken);
            Restarts += _startedBefore ? 1 : 0;
            _startedBefore = true;
            Problem = null;
            LogLoaded(model.Name, process.ProcessId);
            return _loaded = process;
        }
        catch (JobFailedException exception)
        {
            Problem = exception.Message;
            _crashes.Add(exception.Message);
            LogNotLoaded(model.Name, exception.Message);
            throw;
        }
    }

    private async Task LoadAsync(BackendProcess process, CancellationToken cancellationToken)
    {
        var loaded = false;
        try
        {
            var result = await process.Client.LoadModelAsync(LoadMapping.From(model), cancellationToken, options.Value.LoadTimeout);
            loaded = result.Success;
            if (!loaded)
            {
                throw new JobFailedException(FailureCode.LoadFailed, $"Model '{model.Name}' ({model.Source}) could not be loaded: {result.Message}");
            }
        }
        catch (BackendCallException exception)
        {
            var lastWords = exception.Status == GrpcStatus.Unavailable ? await process.LastWordsAsync(cancellationToken) : null;
            throw new JobFailedException(FailureCode.LoadFailed, $"Model '{model.Name}' ({model.Source}) could not be loaded: {exception.Message}{(lastWords is null ? "" : $"; the backend ended: {lastWords}")}", exception);
        }
        finally
        {
            if (!loaded)
            {
                await process.DisposeAsync();
            }
        }
    }

    [LoggerMessage(3000, LogLevel.Information, "Model {Model} is loaded (process {ProcessId})")]
    private partial void LogLoaded(string model, int? processId);

    [LoggerMessage(3001, LogLevel.Warning, "The backend of model {Model} (process {ProcessId}) died: {Errors}")]
    private partial void LogDied(string model, int? processId, string errors);

    [LoggerMessage(3002, LogLevel.Warning, "Model {Model} cannot be served: {Reason}")]
    private partial void LogNotLoaded(string model, string reason);

    [LoggerMessage(3003, LogLevel.Warning, "The backend of model {Model} (process {ProcessId}) is killed: {Reason}")]
    private partial void LogKilled(string model, int? processId, string reason);
}
