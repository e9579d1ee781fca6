namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>The model file cannot be used; the message says why in words for the caller.</summary>
internal sealed class InvalidModelException(string message) : Exception(message);
