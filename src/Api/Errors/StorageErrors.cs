using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary>What a caller is told when the object store cannot do its part. Which store it is, and why, is the operator's: it is in the log.</summary>
internal static class StorageErrors
{
    // A server that restarts: seconds.
    private const int RetryAfterSeconds = 5;

    public static ApiError ToApiError(ObjectStoreException exception) => exception.Failure == ObjectStoreFailure.Full
        ? new ApiError(507, ApiErrorTypes.Server, "storage_full", "The server has no room left for files. Delete some, or ask its operator for room.")
        : new ApiError(503, ApiErrorTypes.Server, "storage_unavailable", "The server's file storage cannot be reached now. Send the request again later.", RetryAfterSeconds: RetryAfterSeconds);
}
