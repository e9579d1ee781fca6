using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>The model of this process, if one is loaded. Calls hold it by a lease, so that it is not freed under them.</summary>
internal sealed class ModelHolder : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private LoadedModel? _model;
    private int _leases;
    private TaskCompletionSource? _drained;

    internal bool IsLoaded
    {
        get
        {
            lock (_gate)
                return _model is not null;
        }
    }

    /// <param name="identity">The name the caller insists on, or empty.</param>
    /// <exception cref="BackendCallException">Nothing is loaded, or another model is.</exception>
    internal ModelLease Take(string identity)
    {
        lock (_gate)
        {
            if (_model is null)
                throw new BackendCallException(GrpcStatus.FailedPrecondition, "no model is loaded");
            if (identity.Length > 0 && identity != _model.Identity)
                throw new BackendCallException(GrpcStatus.NotFound, $"the loaded model is '{_model.Identity}', not '{identity}'");
            _leases++;
            return new ModelLease(_model, Return);
        }
    }

    /// <exception cref="InvalidOperationException">One is loaded already.</exception>
    internal void Put(LoadedModel model)
    {
        lock (_gate)
        {
            if (_model is not null)
                throw new InvalidOperationException("a model is loaded already");
            _model = model;
        }
    }

    /// <summary>Takes the model out of service, ends what runs on it and frees its memory.</summary>
    internal async Task FreeAsync()
    {
        LoadedModel? model;
        Task drained;
        lock (_gate)
        {
            model = _model;
            _model = null;
            _drained = _leases > 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            drained = _drained?.Task ?? Task.CompletedTask;
        }
        if (model is null)
            return;
        await model.StopAsync().ConfigureAwait(false);
        await drained.ConfigureAwait(false);
        model.Dispose();
    }

    public async ValueTask DisposeAsync() => await FreeAsync().ConfigureAwait(false);

    private void Return()
    {
        lock (_gate)
        {
            if (--_leases == 0)
                _drained?.TrySetResult();
        }
    }
}
