using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Slots;

namespace LocalAI.Pipeline.Workers.Text.Calls;

/// <summary>Runs a call on a model: finds it, waits for a slot, loads it.</summary>
internal sealed class ModelCalls(Catalogue catalogue, BackendPool pool, SlotGates gates)
{
    /// <exception cref="JobFailedException">The model is not here, broken or cannot be loaded.</exception>
    public ModelDefinition Find(string name)
    {
        var found = catalogue.Find(name);
        if (found.Model is { } model)
        {
            return model;
        }

        throw found.Broken is { } broken
            ? new JobFailedException(FailureCode.ModelBroken, $"Model '{name}' is disabled: {broken.File}, line {broken.Line}: {broken.Reason}")
            : new JobFailedException(FailureCode.ModelUnknown, $"This worker has no model '{name}' in {catalogue.Folder}: give all workers and the API the same models folder.");
    }

    /// <summary>Runs the call with the model loaded and a slot held.</summary>
    public async Task<T> RunAsync<T>(ModelDefinition model, Lane lane, Func<BackendLease, Task<T>> call, CancellationToken cancellationToken)
    {
        var gate = gates.Of(model);
        await gate.EnterAsync(lane, cancellationToken);
        try
        {
            using var lease = await pool.AcquireAsync(model, cancellationToken);
            return await call(lease);
        }
        finally
        {
            gate.Leave();
        }
    }
}
