namespace LocalAI.Pipeline.Api.Errors;

/// <summary>The client closed its connection while an answer was written to it: seen by the write before the request's token fires.</summary>
internal sealed class ClientClosedException() : OperationCanceledException("The client closed the connection.");
