namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>
/// Held by the one process that changes the tables of a SQLite file. The kernel lets go of it when the process dies, which
/// the row that EF Core locks with does not.
/// </summary>
internal static class SqliteFileLock
{
    /// <exception cref="IOException">Another process holds it, or the folder cannot be written to.</exception>
    public static FileStream Take(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
