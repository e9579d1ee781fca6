namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Where objects are kept.</summary>
public enum ObjectStoreKind
{
    /// <summary>A folder of this machine, or one that all processes share.</summary>
    Folder,

    /// <summary>A server with the API of S3.</summary>
    S3,
}
