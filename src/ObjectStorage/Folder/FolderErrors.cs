namespace LocalAI.Pipeline.ObjectStorage.Folder;

/// <summary>What a file system's errors mean for a store.</summary>
internal static class FolderErrors
{
    // errno of Linux and macOS, and Windows' codes: no room, over quota, over the largest file.
    private static readonly int[] NoRoom = [27, 28, 69, 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>The store's own exception, or null for what is none of a file system's errors.</summary>
    public static ObjectStoreException? Translate(Exception exception, string folder) => exception switch
    {
        IOException e when NoRoom.Contains(e.HResult) => new ObjectStoreException(ObjectStoreFailure.Full, $"The folder '{folder}' (Objects:Folder) has no room left: {e.Message}", e),
        IOException or UnauthorizedAccessException => new ObjectStoreException(ObjectStoreFailure.Unavailable, $"The folder '{folder}' (Objects:Folder) cannot be used: {exception.Message}", exception),
        _ => null,
    };
}
