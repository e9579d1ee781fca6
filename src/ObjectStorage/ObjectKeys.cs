namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Every key that is used, so that nobody has to search what lies where.</summary>
public static class ObjectKeys
{
    /// <summary>The content of a file.</summary>
    public static ObjectKey File(string fileId) => ObjectKey.Of("files", fileId);

    /// <summary>All files.</summary>
    public static ObjectKey Files { get; } = ObjectKey.Of("files");

    /// <summary>A part of an upload that is not complete.</summary>
    public static ObjectKey UploadPart(string uploadId, string partId) => ObjectKey.Of("uploads", uploadId, partId);

    /// <summary>All parts of an upload.</summary>
    public static ObjectKey Upload(string uploadId) => ObjectKey.Of("uploads", uploadId);

    /// <summary>All uploads.</summary>
    public static ObjectKey Uploads { get; } = ObjectKey.Of("uploads");

    /// <summary>What a batch keeps that is no file of its owner's: its requests, its results.</summary>
    public static ObjectKey BatchContent(string batchId, string name) => ObjectKey.Of("batches", batchId, name);

    /// <summary>All of all batches.</summary>
    public static ObjectKey Batches { get; } = ObjectKey.Of("batches");

    /// <summary>All of a batch.</summary>
    public static ObjectKey Batch(string batchId) => ObjectKey.Of("batches", batchId);
}
