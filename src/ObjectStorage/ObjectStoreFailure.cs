namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Why an object store cannot do what it was asked.</summary>
public enum ObjectStoreFailure
{
    /// <summary>It cannot be reached, or refuses us: trying again later may help.</summary>
    Unavailable,

    /// <summary>It has no room for more.</summary>
    Full,
}
