namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Follows the symbolic links in every part of a path; the framework follows only the last part.</summary>
internal static class RealPath
{
    /// <summary>Linux gives up after 40 as well.</summary>
    private const int MostLinks = 40;

    /// <summary>The path without links; null where a part of it does not exist. A circle of links counts as not existing.</summary>
    public static string? Of(string fullPath)
    {
        var waiting = new Stack<string>(Parts(fullPath));
        var real = Path.GetPathRoot(fullPath)!;
        var links = 0;
        while (waiting.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            if (entry.LinkTarget is not { } target)
            {
                if (!entry.Exists)
                {
                    return null;
                }

                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            foreach (var piece in Parts(target))
            {
                waiting.Push(piece);
            }

            real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
        }

        return real;
    }

    /// <summary>The parts of a path, the last one first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
