namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>The file with a batch's lines was deleted before the batch had ended.</summary>
internal sealed class BatchInputGoneException() : Exception("The input file is not there any more.");
