using System.Text.RegularExpressions;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Architecture.Tests;

/// <summary>The files of the checkout that are, or would be, committed.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", "bin", "obj", "node_modules", "TestResults", "artifacts",
    };

    public static string Root { get; } = RepositoryRoot.Find();

    /// <summary>Full paths of all files that match, for example <c>*.cs</c>, below a folder of the repository.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path) ? Walk(path, pattern) : [];
    }

    /// <summary>C# files, with their text.</summary>
    public static IEnumerable<(string Path, string Text)> Code(params string[] folders) =>
        folders.SelectMany(folder => Files(folder, "*.cs")).Select(path => (path, File.ReadAllText(path)));

    /// <summary>Folders of the projects, for example src/Bus.</summary>
    public static IEnumerable<string> Projects(string folder) =>
        Files(folder, "*.csproj").Select(path => Path.GetDirectoryName(path)!);

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    /// <summary>Names of the types at the top level of a file: those that are not indented.</summary>
    public static IReadOnlyList<string> TopLevelTypes(string text) =>
        [.. Regex.Matches(text, @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|record\s+struct|record\s+class|record|struct|interface|enum|delegate\s+\S+)\s+(?<name>\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups["name"].Value)];

    private static IEnumerable<string> Walk(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern))
        {
            yield return file;
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            var isIgnored = Ignored.Contains(Path.GetFileName(inner)) || Relative(inner) is "data" or "native/current";
            foreach (var file in isIgnored ? [] : Walk(inner, pattern))
            {
                yield return file;
            }
        }
    }
}
