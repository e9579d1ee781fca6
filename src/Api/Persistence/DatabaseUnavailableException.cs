namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>The database cannot be reached or used; the message says where it is and what to do next.</summary>
internal sealed class DatabaseUnavailableException(string message, Exception inner) : Exception(message, inner);
