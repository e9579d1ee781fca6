namespace LocalAI.Pipeline.Settings;

/// <summary>
/// Thrown while a host starts, when something that it needs is missing and waiting longer would not help. The message is
/// for the person who starts it: what, where, and what to do.
/// </summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);
