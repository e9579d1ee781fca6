namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>The model was unloaded while a request was in it.</summary>
internal sealed class EngineStoppedException() : Exception("the model is being unloaded");
