namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>The engine could not go on with a generation.</summary>
internal sealed class EngineFailedException(string message) : Exception(message);
