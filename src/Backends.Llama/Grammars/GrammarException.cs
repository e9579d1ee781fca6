namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>A grammar cannot be used, or the text it was to constrain does not follow it; the message says why.</summary>
internal sealed class GrammarException(string message) : Exception(message);
