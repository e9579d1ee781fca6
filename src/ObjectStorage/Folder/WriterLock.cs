using System.Globalization;

namespace LocalAI.Pipeline.ObjectStorage.Folder;

/// <summary>
/// Says that this process lives: it holds a locked file for as long as it does, and the operating system unlocks it however the
/// process ends. Temporary files have its name, so that another process can tell a dead writer's from a living one's.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const string Folder = ".writers";
    private const int Attempts = 10;

    private readonly string _id;
    private readonly FileStream _file;
    private long _last;

    private WriterLock(string id, FileStream file) => (_id, _file) = (id, file);

    /// <summary>A new writer of a store.</summary>
    public static WriterLock Take(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, Folder));
        for (var attempt = 1; ; attempt++)
        {
            var id = Guid.NewGuid().ToString("N");
            var path = Path.Combine(root, Folder, id);
            try
            {
                var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
                if (File.Exists(path))
                {
                    return new WriterLock(id, file);
                }

                file.Dispose();
            }
            catch (IOException) when (File.Exists(path) && attempt < Attempts)
            {
                // Somebody who cleans up looked at it between its birth and its lock: take another.
                continue;
            }
        }
    }

    /// <summary>A new name for a temporary file.</summary>
    public string NextTemporaryName() => string.Create(CultureInfo.InvariantCulture, $".{_id}.{Interlocked.Increment(ref _last)}");

    /// <summary>Whether a file in an object's folder is a writer's temporary one.</summary>
    public static bool IsTemporary(string fileName) => fileName.StartsWith('.');

    /// <summary>Whether the writer of a temporary file has died.</summary>
    public static bool IsOfDeadWriter(string root, string temporaryName)
    {
        var lockFile = Path.Combine(root, Folder, temporaryName.Split('.') is [_, var id, _] ? id : "none");
        return !File.Exists(lockFile) || IsUnlocked(lockFile);
    }

    /// <summary>Removes the files of dead writers.</summary>
    public static void RemoveDead(string root)
    {
        var folder = Path.Combine(root, Folder);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (IsUnlocked(file))
            {
                File.Delete(file);
            }
        }
    }

    public void Dispose()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    private static bool IsUnlocked(string file)
    {
        try
        {
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
