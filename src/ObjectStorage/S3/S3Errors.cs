using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace LocalAI.Pipeline.ObjectStorage.S3;

/// <summary>What the errors of an S3 server and of the way to it mean for a store.</summary>
internal static class S3Errors
{
    // AWS has no bottom; others name it so: Ceph and SeaweedFS, MinIO twice.
    private static readonly string[] NoRoom = ["QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"];

    /// <summary>The store's own exception, or null for what is none of these errors.</summary>
    public static ObjectStoreException? Translate(Exception exception, string server) => exception switch
    {
        ObjectStoreException e => e,
        AmazonS3Exception e when e.StatusCode == HttpStatusCode.InsufficientStorage || NoRoom.Contains(e.ErrorCode, StringComparer.Ordinal) =>
            new ObjectStoreException(ObjectStoreFailure.Full, $"The S3 server {server} has no room left: {Said(e)}", e),
        AmazonServiceException e => Away(server, $"answered {(int)e.StatusCode}: {Said(e)}", e),
        AmazonClientException or HttpRequestException or IOException or TimeoutException => Away(server, $"cannot be reached: {exception.Message}", exception),
        // Cancelled by a time-out: a caller's own cancellation is looked at before this.
        OperationCanceledException => Away(server, "did not answer in time (Objects:S3:RequestTimeout).", exception),
        _ => null,
    };

    public static bool IsMissing(AmazonS3Exception exception) => exception.StatusCode == HttpStatusCode.NotFound;

    private static ObjectStoreException Away(string server, string what, Exception inner) =>
        new(ObjectStoreFailure.Unavailable, $"The S3 server {server} {what}", inner);

    private static string Said(AmazonServiceException exception) => $"{exception.ErrorCode} {exception.Message}".Trim();
}
