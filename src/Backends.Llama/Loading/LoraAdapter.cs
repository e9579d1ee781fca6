namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>A LoRA file and how strongly it is applied.</summary>
internal sealed record LoraAdapter(string Path, float Scale);
