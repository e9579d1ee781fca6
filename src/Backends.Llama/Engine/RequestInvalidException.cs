namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>A request cannot be served as it is; the message tells its sender why.</summary>
internal sealed class RequestInvalidException(string message) : Exception(message);
