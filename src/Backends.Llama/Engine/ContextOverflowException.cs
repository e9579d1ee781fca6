namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>A prompt or text has more tokens than the context holds; the message has both numbers.</summary>
internal sealed class ContextOverflowException(string message) : Exception(message);
