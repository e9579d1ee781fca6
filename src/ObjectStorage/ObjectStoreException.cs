namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>The store is away or full. The message tells an operator which store, and what it said.</summary>
public sealed class ObjectStoreException(ObjectStoreFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Which of the two.</summary>
    public ObjectStoreFailure Failure => failure;
}
