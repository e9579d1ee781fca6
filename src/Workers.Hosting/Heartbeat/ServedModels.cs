using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Hosting.Heartbeat;

/// <summary>The models that a pool of this worker takes work for.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Models">Its models.</param>
public sealed record ServedModels(string Pool, Func<IReadOnlyList<ModelDefinition>> Models);
