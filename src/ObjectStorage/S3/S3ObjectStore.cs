using System.Buffers;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ObjectStorage.S3;

/// <summary>Objects in a bucket.</summary>
internal sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private readonly S3Options _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lazy<AmazonS3Client> _client;
    private readonly SemaphoreSlim _writers;
    private readonly string _server;

    public S3ObjectStore(IOptions<ObjectStoreOptions> options, TimeProvider time, ILogger<S3ObjectStore> logger)
    {
        (_options, _time, _logger) = (options.Value.S3, time, logger);
        _client = new Lazy<AmazonS3Client>(() => S3Clients.Create(_options));
        _writers = new SemaphoreSlim(_options.MaxWriters);
        _server = $"{_options.Endpoint?.ToString() ?? "of AWS"} (Objects:S3, bucket '{_options.Bucket}')";
    }

    private string Bucket => _options.Bucket!;

    public async Task<WrittenObject> WriteAsync(ObjectKey key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(content);
        using var reader = new ContentReader(content);
        await _writers.WaitAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(_options.PartMebibytes * 1024 * 1024);
        try
        {
            await new S3Upload(_client.Value, Bucket, key, contentType, _logger).RunAsync(reader, buffer, cancellationToken);
            return reader.Finish(key);
        }
        catch (Exception e) when (reader.Failure is null && Translate(e, cancellationToken) is { } translated)
        {
            throw translated;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _writers.Release();
        }
    }

    public async Task<ObjectContent?> OpenAsync(ObjectKey key, long offset, long? length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        try
        {
            return length == 0 ? await NothingAsync(key, cancellationToken) : await GetAsync(key, offset, length, cancellationToken);
        }
        catch (AmazonS3Exception e) when (S3Errors.IsMissing(e) && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Behind the end: an error in S3, and nothing to read here.
            return await GuardedAsync(() => NothingAsync(key, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (Translate(e, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return GuardedAsync(() => _client.Value.DeleteObjectAsync(Bucket, key.Value, cancellationToken), cancellationToken);
    }

    public async IAsyncEnumerable<ListedObject> ListAsync(ObjectKey below, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(below);
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = below.Value + "/" };
        ListObjectsV2Response page;
        do
        {
            page = await GuardedAsync(() => _client.Value.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var listed in page.S3Objects ?? [])
            {
                if (ObjectKey.TryParse(listed.Key) is { } key)
                {
                    yield return new ListedObject(key, listed.LastModified ?? DateTime.UnixEpoch);
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => GuardedAsync(() => MakeBucketAsync(cancellationToken), cancellationToken);

    public async Task<int> RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        var oldest = _time.GetUtcNow() - _options.AbandonedAfter;
        var request = new ListMultipartUploadsRequest { BucketName = Bucket };
        ListMultipartUploadsResponse page;
        do
        {
            page = await GuardedAsync(() => _client.Value.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);
            foreach (var upload in (page.MultipartUploads ?? []).Where(upload => ObjectKey.TryParse(upload.Key) is not null && upload.Initiated < oldest))
            {
                var abort = new AbortMultipartUploadRequest { BucketName = Bucket, Key = upload.Key, UploadId = upload.UploadId };
                await GuardedAsync(() => _client.Value.AbortMultipartUploadAsync(abort, cancellationToken), cancellationToken);
                removed++;
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
        return removed;
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }

        _writers.Dispose();
    }

    private async Task<ObjectContent> GetAsync(ObjectKey key, long offset, long? length, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = Bucket, Key = key.Value };
        if (offset > 0 || length is not null)
        {
            request.ByteRange = new ByteRange(offset, length is { } count && count < long.MaxValue - offset ? offset + count - 1 : long.MaxValue - 1);
        }

        var response = await _client.Value.GetObjectAsync(request, cancellationToken);
        var total = response.ContentRange?.Split('/') is [_, var whole] ? long.Parse(whole, CultureInfo.InvariantCulture) : response.ContentLength;
        var content = new StoreReadStream(response.ResponseStream, response.ContentLength, e => S3Errors.Translate(e, _server), response);
        return new ObjectContent(content, total, response.Headers.ContentType);
    }

    private async Task<ObjectContent> NothingAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var found = await _client.Value.GetObjectMetadataAsync(Bucket, key.Value, cancellationToken);
        return new ObjectContent(Stream.Null, found.ContentLength, found.Headers.ContentType);
    }

    private async Task<bool> MakeBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.Value.GetBucketLocationAsync(Bucket, cancellationToken);
        }
        catch (AmazonS3Exception e) when (S3Errors.IsMissing(e))
        {
            try
            {
                await _client.Value.PutBucketAsync(Bucket, cancellationToken);
            }
            catch (AmazonS3Exception other) when (other.StatusCode == HttpStatusCode.Conflict && other.ErrorCode == "BucketAlreadyOwnedByYou")
            {
                // Another process of the deployment was faster.
                return true;
            }
        }

        return true;
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (Translate(e, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    private ObjectStoreException? Translate(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? null : S3Errors.Translate(exception, _server);
}
