using System.Diagnostics;
using LocalAI.Pipeline.ObjectStorage.Folder;
using LocalAI.Pipeline.ObjectStorage.Tests.Harness;
using LocalAI.Pipeline.Testing;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ObjectStorage.Tests.Folder;

public sealed class FolderObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("objects-test-").FullName;
    private readonly FolderObjectStore _store;

    public FolderObjectStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal override Task<IObjectStore> StoreAsync() => Task.FromResult<IObjectStore>(_store);

    [Fact]
    public async Task Leftovers_OfADeadWriter_AreRemoved_AndThoseOfALivingOneStay()
    {
        using var other = Open();
        var middle = new TaskCompletionSource();
        var source = new PatternStream(1000) { Middle = middle.Task };
        var write = other.WriteAsync(ObjectKeys.File("file-living"), source, "text/plain", TestTimeout.Token);
        await source.IsInMiddle.Task.OrTimeout("the write to be in its middle");
        // A writer's file whose lock nobody holds is what a killed process leaves.
        var dead = Guid.NewGuid().ToString("N");
        File.WriteAllText(Path.Combine(_folder, ".writers", dead), "");
        File.WriteAllText(Path.Combine(_folder, "files", $".{dead}.1"), "half");
        File.WriteAllText(Path.Combine(_folder, "files", $".{Guid.NewGuid():N}.1"), "half");

        Assert.Equal(2, await _store.RemoveLeftoversAsync(TestTimeout.Token));
        Assert.False(File.Exists(Path.Combine(_folder, ".writers", dead)));

        middle.SetResult();
        await write.OrTimeout("the write");
        Assert.Equal(["file-living.object"], Directory.GetFiles(Path.Combine(_folder, "files")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task LockOfAWriter_EndsWithItsProcess()
    {
        // Another process holds the lock as a writer does, until it is killed.
        await _store.PrepareAsync(TestTimeout.Token);
        var id = Guid.NewGuid().ToString("N");
        var file = Path.Combine(_folder, ".writers", id);
        using var holder = Process.Start(new ProcessStartInfo("bash", ["-c", "exec 9>\"$1\"; flock -x 9; echo locked; exec cat", "bash", file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("locked", await holder.StandardOutput.ReadLineAsync(TestTimeout.Token));
        Assert.False(WriterLock.IsOfDeadWriter(_folder, $".{id}.1"));

        holder.Kill();
        await holder.WaitForExitAsync(TestTimeout.Token);
        Assert.True(WriterLock.IsOfDeadWriter(_folder, $".{id}.1"));
    }

    [Fact]
    public async Task Delete_OfTheLastObject_RemovesItsFolder()
    {
        var key = ObjectKeys.UploadPart("upload_1", "part_1");
        await _store.WriteAsync(key, new PatternStream(1), "text/plain", TestTimeout.Token);
        await _store.DeleteAsync(key, TestTimeout.Token);
        Assert.False(Directory.Exists(Path.Combine(_folder, "uploads")));
    }

    [Fact]
    public async Task Writes_BesideDeletesInOneFolder_AllArrive()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestTimeout.Token, async (number, ended) =>
        {
            var key = ObjectKeys.UploadPart("upload_1", $"part_{number}");
            await _store.WriteAsync(key, new PatternStream(10), "text/plain", ended);
            await _store.DeleteAsync(key, ended);
        });
        Assert.False(Directory.Exists(Path.Combine(_folder, "uploads")));
    }

    [Fact]
    public void FullDisk_IsToldFromOtherErrors()
    {
        // The kernel's own device that is always full.
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        var error = Assert.Throws<IOException>(() => full.Write([1]));

        Assert.Equal(ObjectStoreFailure.Full, FolderErrors.Translate(error, _folder)!.Failure);
        Assert.Equal(ObjectStoreFailure.Unavailable, FolderErrors.Translate(new UnauthorizedAccessException("no"), _folder)!.Failure);
        Assert.Null(FolderErrors.Translate(new InvalidOperationException(), _folder));
    }

    [Fact]
    public async Task Folder_ThatIsAFile_IsUnavailable()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        using var store = new FolderObjectStore(Options.Create(new ObjectStoreOptions { Folder = file }));
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PrepareAsync(TestTimeout.Token));
        Assert.Equal(ObjectStoreFailure.Unavailable, error.Failure);
        Assert.Contains("Objects:Folder", error.Message, StringComparison.Ordinal);
    }

    private FolderObjectStore Open() => new(Options.Create(new ObjectStoreOptions { Folder = _folder }));
}
