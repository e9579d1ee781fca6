namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Another process runs the batch, or it is deleted: this one has nothing to say about it any more.</summary>
internal sealed class LeaseLostException() : Exception("Another process runs the batch.");
