namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>A LoRA adapter: full path inside the models folder, and its scale (1 is as trained).</summary>
public sealed record LoraAdapter(string File, float Scale);
