namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>
/// The models folder, and the rule that nothing outside it is reached by a name in a file: no absolute path, no way up, no
/// symbolic link that leads out.
/// </summary>
internal sealed class ModelFolder
{
    private readonly string _realPath;

    public ModelFolder(string folder)
    {
        FullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(FullPath))
        {
            throw new DirectoryNotFoundException($"There is no models folder {FullPath}.");
        }

        _realPath = RealPath.Of(FullPath) ?? FullPath;
    }

    public string FullPath { get; }

    /// <summary>The full path of a name in a file; null with the reason why it is refused.</summary>
    public (string? Path, string? Refusal) Resolve(string name)
    {
        if (name.Any(char.IsControl) || name.Length > 1000)
        {
            return (null, "is not a path");
        }

        if (name.Contains("://", StringComparison.Ordinal))
        {
            return (null, $"is the address {name}: models are not downloaded here. Put the file into the models folder and name it");
        }

        if (Path.IsPathRooted(name) || name.StartsWith('~') || name.Split('/', '\\').Contains(".."))
        {
            return (null, $"is {name}, which leads out of the models folder: give a path inside it");
        }

        var full = Path.Combine(FullPath, name);
        var real = RealPath.Of(full);
        return real is null || real == _realPath || real.StartsWith(_realPath + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? (full, null)
            : (null, $"is {name}, a symbolic link that leads out of the models folder");
    }

    /// <summary>A path as it is shown in messages.</summary>
    public string Relative(string path) => Path.GetRelativePath(FullPath, path);
}
