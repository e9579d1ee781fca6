using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.ObjectStorage.S3;

/// <summary>One write: a single request for what fits into one part, a multipart upload for more.</summary>
internal sealed class S3Upload(IAmazonS3 client, string bucket, ObjectKey key, string contentType, ILogger logger)
{
    // A caller that gave up does not wait for long until the parts are gone.
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(10);

    private readonly List<PartETag> _parts = [];
    private string? _uploadId;

    /// <summary>Sends the first part and, unless it is the only one, the others.</summary>
    public async Task RunAsync(ContentReader reader, byte[] buffer, CancellationToken cancellationToken)
    {
        var read = await reader.ReadBlockAsync(buffer, cancellationToken);
        if (read < buffer.Length)
        {
            await PutAsync(buffer, read, cancellationToken);
            return;
        }

        try
        {
            await BeginAsync(cancellationToken);
            for (; read > 0; read = await reader.ReadBlockAsync(buffer, cancellationToken))
            {
                await SendPartAsync(buffer, read, cancellationToken);
            }

            await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key.Value, UploadId = _uploadId, PartETags = _parts }, cancellationToken);
        }
        catch
        {
            await AbortAsync();
            throw;
        }
    }

    private async Task PutAsync(byte[] buffer, int length, CancellationToken cancellationToken) => await client.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = bucket,
            Key = key.Value,
            ContentType = contentType,
            InputStream = new MemoryStream(buffer, 0, length, writable: false),
            UseChunkEncoding = false,
        },
        cancellationToken);

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var begun = await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = key.Value, ContentType = contentType }, cancellationToken);
        _uploadId = begun.UploadId;
    }

    private async Task SendPartAsync(byte[] buffer, int length, CancellationToken cancellationToken)
    {
        var number = _parts.Count + 1;
        var sent = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key.Value,
                UploadId = _uploadId,
                PartNumber = number,
                PartSize = length,
                InputStream = new MemoryStream(buffer, 0, length, writable: false),
                UseChunkEncoding = false,
            },
            cancellationToken);
        _parts.Add(new PartETag(number, sent.ETag));
    }

    private async Task AbortAsync()
    {
        if (_uploadId is null)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(AbortTimeout);
        try
        {
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = key.Value, UploadId = _uploadId }, timeout.Token);
        }
        catch (Exception e) when (S3Errors.Translate(e, "") is not null)
        {
            // What ended the write is the news; the clean-up finds the parts later.
            logger.AbortFailed(key.Value, e.Message);
        }
    }
}
