using LocalAI.Pipeline.ObjectStorage.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.ObjectStorage.Tests;

/// <summary>What every store does.</summary>
public abstract class ObjectStoreContract
{
    // Over two parts of 5 MiB, and no multiple of anything.
    private const long Large = 11_000_003;

    private static readonly ObjectKey Key = ObjectKeys.File("file-1");

    internal abstract Task<IObjectStore> StoreAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5 * 1024 * 1024)]
    [InlineData(Large)]
    public async Task Write_OfAnyLength_IsReadBackWithItsHash(long length)
    {
        var store = await StoreAsync();
        var written = await store.WriteAsync(Key, new PatternStream(length), "application/jsonl; charset=utf-8", TestTimeout.Token);

        Assert.Equal((Key, length, PatternStream.HashOf(length)), (written.Key, written.Length, written.Sha256));
        await using var content = await store.OpenAsync(Key, 0, null, TestTimeout.Token);
        Assert.Equal((length, "application/jsonl; charset=utf-8"), (content!.TotalLength, content.ContentType));
        await AssertPatternAsync(content.Content, 0, length);
    }

    [Theory]
    [InlineData(0, 10L, 10)]
    [InlineData(7, 1L, 1)]
    [InlineData(90, null, 10)]
    [InlineData(90, 500L, 10)]
    [InlineData(90, long.MaxValue, 10)]
    [InlineData(0, 0L, 0)]
    [InlineData(100, null, 0)]
    [InlineData(5000, 3L, 0)]
    public async Task Open_OfARange_HasItsBytes(long offset, long? length, long expected)
    {
        var store = await StoreAsync();
        await store.WriteAsync(Key, new PatternStream(100), "text/plain", TestTimeout.Token);

        await using var content = await store.OpenAsync(Key, offset, length, TestTimeout.Token);
        Assert.Equal((100, "text/plain"), (content!.TotalLength, content.ContentType));
        await AssertPatternAsync(content.Content, offset, expected);
    }

    [Fact]
    public async Task Open_OfWhatIsNotThere_IsNull()
    {
        var store = await StoreAsync();
        Assert.Null(await store.OpenAsync(Key, 0, null, TestTimeout.Token));
        Assert.Null(await store.OpenAsync(Key, 5, 0, TestTimeout.Token));
    }

    [Fact]
    public async Task Write_OfAnExistingObject_ReplacesIt()
    {
        var store = await StoreAsync();
        await store.WriteAsync(Key, new PatternStream(Large), "text/plain", TestTimeout.Token);
        await store.WriteAsync(Key, new PatternStream(3), "text/csv", TestTimeout.Token);

        await using var content = await store.OpenAsync(Key, 0, null, TestTimeout.Token);
        Assert.Equal((3, "text/csv"), (content!.TotalLength, content.ContentType));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Large - 100)]
    public async Task Write_WhoseSourceFails_PassesTheFailureOnAndLeavesNothing(long at)
    {
        var store = await StoreAsync();
        var failure = new IOException("The client has gone.");

        var thrown = await Assert.ThrowsAsync<IOException>(() => store.WriteAsync(Key, new PatternStream(Large) { FailsAt = (at, failure) }, "text/plain", TestTimeout.Token));

        Assert.Same(failure, thrown);
        Assert.Null(await store.OpenAsync(Key, 0, null, TestTimeout.Token));
        Assert.Empty(await ListAsync(store, ObjectKeys.Files));
    }

    [Fact]
    public async Task Write_InItsMiddle_IsSeenByNobody()
    {
        var store = await StoreAsync();
        var middle = new TaskCompletionSource();
        var source = new PatternStream(Large) { Middle = middle.Task };
        var write = store.WriteAsync(Key, source, "text/plain", TestTimeout.Token);
        await source.IsInMiddle.Task.OrTimeout("the write to be in its middle");

        Assert.Null(await store.OpenAsync(Key, 0, null, TestTimeout.Token));
        Assert.Empty(await ListAsync(store, ObjectKeys.Files));
        Assert.Equal(0, await store.RemoveLeftoversAsync(TestTimeout.Token));

        middle.SetResult();
        await write.OrTimeout("the write");
        Assert.NotNull(await store.OpenAsync(Key, 0, 0, TestTimeout.Token));
    }

    [Fact]
    public async Task Write_ThatIsCancelled_LeavesNothing()
    {
        var store = await StoreAsync();
        using var cancelled = new CancellationTokenSource();
        var source = new PatternStream(Large) { Middle = Task.Delay(Timeout.Infinite, cancelled.Token) };
        var write = store.WriteAsync(Key, source, "text/plain", cancelled.Token);
        await source.IsInMiddle.Task.OrTimeout("the write to be in its middle");
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.OrTimeout("the write to end"));
        Assert.Null(await store.OpenAsync(Key, 0, null, TestTimeout.Token));
    }

    [Fact]
    public async Task Delete_Twice_IsGone()
    {
        var store = await StoreAsync();
        await store.WriteAsync(Key, new PatternStream(10), "text/plain", TestTimeout.Token);
        await store.DeleteAsync(Key, TestTimeout.Token);
        await store.DeleteAsync(Key, TestTimeout.Token);

        Assert.Null(await store.OpenAsync(Key, 0, null, TestTimeout.Token));
        await store.WriteAsync(Key, new PatternStream(10), "text/plain", TestTimeout.Token);
        Assert.Single(await ListAsync(store, ObjectKeys.Files));
    }

    [Fact]
    public async Task Delete_WhileItIsRead_DoesNotDisturbTheReader()
    {
        var store = await StoreAsync();
        await store.WriteAsync(Key, new PatternStream(1000), "text/plain", TestTimeout.Token);
        await using var content = await store.OpenAsync(Key, 0, null, TestTimeout.Token);
        await store.DeleteAsync(Key, TestTimeout.Token);

        await AssertPatternAsync(content!.Content, 0, 1000);
    }

    [Fact]
    public async Task List_HasWhatLiesBelow()
    {
        var store = await StoreAsync();
        var keys = Enumerable.Range(0, 12).Select(part => ObjectKeys.UploadPart("upload_1", $"part_{part}")).ToList();
        foreach (var key in keys.Append(ObjectKeys.UploadPart("upload_10", "part_1")).Append(ObjectKey.Of("uploads", "upload_1")))
        {
            await store.WriteAsync(key, new PatternStream(1), "text/plain", TestTimeout.Token);
        }

        var listed = await ListAsync(store, ObjectKeys.Upload("upload_1"));

        Assert.Equal(keys.Select(key => key.Value).Order(StringComparer.Ordinal), listed.Select(found => found.Key.Value).Order(StringComparer.Ordinal));
        Assert.All(listed, found => Assert.InRange(found.WrittenAt, TimeProvider.System.GetUtcNow().AddMinutes(-10), TimeProvider.System.GetUtcNow().AddMinutes(10)));
        Assert.Empty(await ListAsync(store, ObjectKeys.Files));
    }

    private static async Task<List<ListedObject>> ListAsync(IObjectStore store, ObjectKey below)
    {
        var listed = new List<ListedObject>();
        await foreach (var found in store.ListAsync(below, TestTimeout.Token))
        {
            listed.Add(found);
        }

        return listed;
    }

    private static async Task AssertPatternAsync(Stream content, long offset, long length)
    {
        var buffer = new byte[81_920];
        var position = offset;
        while (await content.ReadAsync(buffer, TestTimeout.Token) is > 0 and var read)
        {
            for (var i = 0; i < read; i++)
            {
                Assert.True(buffer[i] == PatternStream.At(position + i), $"byte {position + i}");
            }

            position += read;
        }

        Assert.Equal(offset + length, position);
    }
}
