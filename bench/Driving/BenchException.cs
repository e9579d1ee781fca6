namespace LocalAI.Pipeline.Driving;

/// <summary>A benchmark cannot go on; the message is for whoever started it.</summary>
public sealed class BenchException(string message) : Exception(message);
