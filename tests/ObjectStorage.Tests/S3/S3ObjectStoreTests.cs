using Amazon.S3.Model;
using LocalAI.Pipeline.ObjectStorage.S3;
using LocalAI.Pipeline.ObjectStorage.Tests.Harness;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.S3;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.ObjectStorage.Tests.S3;

public sealed class S3ObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private S3ObjectStore? _store;
    private S3Options? _options;

    public void Dispose() => _store?.Dispose();

    internal override async Task<IObjectStore> StoreAsync()
    {
        var server = await S3Server.SharedAsync();
        _options = OptionsFor(server.Port, server.NextBucket());
        _store = Open(_options);
        await _store.PrepareAsync(TestTimeout.Token);
        return _store;
    }

    [Fact]
    public async Task Prepare_Twice_KeepsTheBucket()
    {
        var store = await StoreAsync();
        await store.WriteAsync(ObjectKeys.File("file-1"), new PatternStream(1), "text/plain", TestTimeout.Token);
        await store.PrepareAsync(TestTimeout.Token);
        Assert.NotNull(await store.OpenAsync(ObjectKeys.File("file-1"), 0, 0, TestTimeout.Token));
    }

    [Fact]
    public async Task List_OverAPage_HasAll()
    {
        var store = await StoreAsync();
        // A page of S3 has 1000.
        await Parallel.ForEachAsync(Enumerable.Range(0, 1005), TestTimeout.Token, async (number, ended) =>
            await store.WriteAsync(ObjectKeys.File($"file-{number}"), new PatternStream(0), "text/plain", ended));
        var count = 0;
        await foreach (var _ in store.ListAsync(ObjectKeys.Files, TestTimeout.Token))
        {
            count++;
        }

        Assert.Equal(1005, count);
    }

    [Fact]
    public async Task PartsOfADeadWriter_AreRemovedWhenTheyAreOld()
    {
        var store = await StoreAsync();
        using var client = S3Clients.Create(_options!);
        await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = _options!.Bucket, Key = "files/file-dead" }, TestTimeout.Token);

        Assert.Equal(0, await store.RemoveLeftoversAsync(TestTimeout.Token));
        _time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await store.RemoveLeftoversAsync(TestTimeout.Token));
        Assert.Equal(0, await store.RemoveLeftoversAsync(TestTimeout.Token));
    }

    [Fact]
    public async Task Write_WhoseSourceFails_LeavesNoParts()
    {
        var store = await StoreAsync();
        await Assert.ThrowsAsync<IOException>(() => store.WriteAsync(ObjectKeys.File("file-1"), new PatternStream(20_000_000) { FailsAt = (15_000_000, new IOException()) }, "text/plain", TestTimeout.Token));
        _time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(0, await store.RemoveLeftoversAsync(TestTimeout.Token));
    }

    [Fact]
    public async Task Server_ThatIsAway_IsUnavailable()
    {
        using var store = Open(OptionsFor(FreePort.Next(), "bucket"));
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.WriteAsync(ObjectKeys.File("file-1"), new PatternStream(1), "text/plain", TestTimeout.Token));
        Assert.Equal(ObjectStoreFailure.Unavailable, error.Failure);
        Assert.Contains("Objects:S3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatRefusesTheKey_IsUnavailable()
    {
        var options = OptionsFor((await S3Server.SharedAsync()).Port, "bucket");
        options.SecretKey = "wrong";
        using var store = Open(options);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PrepareAsync(TestTimeout.Token));
        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    private static S3Options OptionsFor(int port, string bucket) =>
        new() { Endpoint = new Uri($"http://127.0.0.1:{port}"), Bucket = bucket, AccessKey = "test", SecretKey = "testsecret", PartMebibytes = 5 };

    private S3ObjectStore Open(S3Options options) =>
        new(Options.Create(new ObjectStoreOptions { Store = ObjectStoreKind.S3, S3 = options }), _time, NullLogger<S3ObjectStore>.Instance);
}
