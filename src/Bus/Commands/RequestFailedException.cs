namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>The consumer of a request threw instead of answering or refusing: a defect there, told with its words.</summary>
public sealed class RequestFailedException(string message, Exception? inner = null) : Exception(message, inner);
