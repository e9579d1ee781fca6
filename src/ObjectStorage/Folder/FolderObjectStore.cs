using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ObjectStorage.Folder;

/// <summary>Objects as files. A write goes into a temporary file beside its place, then to the disk, then to its name.</summary>
internal sealed class FolderObjectStore(IOptions<ObjectStoreOptions> options) : IObjectStore, IDisposable
{
    // Part names have no dots, so a folder and an object of one name do not meet.
    private const string Extension = ".object";

    // What a write holds in memory, and enough that a disk works in long strokes.
    private const int BlockBytes = 256 * 1024;

    // EEXIST of errno.h, which .NET passes on as it is.
    private const int FileExists = 17;

    private const int Attempts = 10;

    private readonly string _root = Path.GetFullPath(options.Value.Folder);
    private readonly Lock _locking = new();
    private WriterLock? _writer;

    public async Task<WrittenObject> WriteAsync(ObjectKey key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(content);
        var trailer = ObjectTrailer.Of(contentType);
        var file = Guarded(() => CreateTemporary(PathOf(key)));
        try
        {
            await using (file)
            {
                using var reader = new ContentReader(content);
                var buffer = new byte[BlockBytes];
                while (await reader.ReadBlockAsync(buffer, cancellationToken) is > 0 and var read)
                {
                    await GuardedAsync(() => file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).AsTask());
                }

                await GuardedAsync(() => file.WriteAsync(trailer, cancellationToken).AsTask());
                // A file whose name is on the disk and whose content is not would be a half object after a power failure.
                await GuardedAsync(() => Task.Run(() => file.Flush(flushToDisk: true), cancellationToken));
                Guarded(() => File.Move(file.Name, PathOf(key), overwrite: true));
                return reader.Finish(key);
            }
        }
        catch
        {
            Delete(file.Name);
            throw;
        }
    }

    public async Task<ObjectContent?> OpenAsync(ObjectKey key, long offset, long? length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        FileStream? file = null;
        try
        {
            file = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            var (total, type) = await ObjectTrailer.ReadAsync(file, cancellationToken);
            file.Seek(Math.Min(offset, total), SeekOrigin.Begin);
            var content = new StoreReadStream(file, Math.Clamp(length ?? long.MaxValue, 0, Math.Max(total - offset, 0)), e => FolderErrors.Translate(e, _root));
            return new ObjectContent(content, total, type);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (FolderErrors.Translate(e, _root) is { } translated)
        {
            file?.Dispose();
            throw translated;
        }
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        Guarded(() => Delete(PathOf(key)));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<ListedObject> ListAsync(ObjectKey below, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(below);
        await Task.CompletedTask;
        var folder = new DirectoryInfo(Path.Combine(_root, below.Value));
        foreach (var file in Guarded(() => folder.Exists ? folder.EnumerateFiles("*" + Extension, SearchOption.AllDirectories) : []))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(_root, file.FullName)[..^Extension.Length].Replace('\\', '/');
            if (ObjectKey.TryParse(name) is { } key)
            {
                yield return new ListedObject(key, file.LastWriteTimeUtc);
            }
        }
    }

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        Guarded(() => Directory.CreateDirectory(_root));
        Guarded(Writer);
        return Task.CompletedTask;
    }

    public Task<int> RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        Guarded(() =>
        {
            foreach (var file in Directory.Exists(_root) ? Directory.EnumerateFiles(_root, ".*", SearchOption.AllDirectories) : [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                var name = Path.GetFileName(file);
                if (WriterLock.IsTemporary(name) && WriterLock.IsOfDeadWriter(_root, name))
                {
                    Delete(file);
                    removed++;
                }
            }

            WriterLock.RemoveDead(_root);
        });
        return Task.FromResult(removed);
    }

    public void Dispose() => _writer?.Dispose();

    private string PathOf(ObjectKey key) => Path.Combine(_root, key.Value + Extension);

    private WriterLock Writer()
    {
        lock (_locking)
        {
            return _writer ??= WriterLock.Take(_root);
        }
    }

    private FileStream CreateTemporary(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(Path.Combine(folder, Writer().NextTemporaryName()), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            }
            catch (IOException e) when (attempt < Attempts && (e is DirectoryNotFoundException || (e.HResult == FileExists && !File.Exists(folder))))
            {
                // The folder's last object was deleted a moment ago, and the folder with it: before the file was made, or
                // between .NET's finding the folder there and its look at what it is.
                continue;
            }
        }
    }

    /// <summary>Deletes a file and the folders that it leaves empty.</summary>
    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
            for (var folder = Path.GetDirectoryName(path)!; folder.Length > _root.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Deleted already, by us or by somebody else.
            return;
        }
        catch (IOException) when (!File.Exists(path))
        {
            // The file is gone; a writer needs its folder again.
            return;
        }
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (FolderErrors.Translate(e, _root) is { } translated)
        {
            throw translated;
        }
    }

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    private async Task GuardedAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (FolderErrors.Translate(e, _root) is { } translated)
        {
            throw translated;
        }
    }
}
