namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>What a name finds: a model, a broken one, or nothing (both null).</summary>
public readonly record struct ModelLookup(ModelDefinition? Model, BrokenModel? Broken);
