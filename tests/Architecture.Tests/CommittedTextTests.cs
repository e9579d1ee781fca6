using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Architecture.Tests;

public sealed class CommittedTextTests
{
    private static readonly string[] TextEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".yaml", ".yml", ".md", ".txt", ".sh", ".js", ".mjs", ".css", ".html", ".proto",
        ".py", ".conf", ".config", ".xml", ".example", ".npmrc", ".editorconfig", ".dockerignore",
    ];

    // Written in two parts, so that this file does not hold what it looks for.
    private static readonly Regex RegistryHost = new(
        string.Join('|', "npmjs" + @"\.org", "nuget" + @"\.org", "pypi" + @"\.org", "pythonhosted" + @"\.org", @"deb\.debian" + @"\.org", "mcr" + @"\.microsoft", "ghcr" + @"\.io", "quay" + @"\.io", "docker" + @"\.io"),
        RegexOptions.IgnoreCase);

    private static readonly Regex MachinePath = new(@"(?<![\w.~$}/-])/(?:work|root|home)/\w", RegexOptions.None);

    [Fact]
    public void Files_NameNoRegistryAndNoPathOfAMachine() =>
        Violations.AssertNone(Lines().Where(line => RegistryHost.IsMatch(line.Text) || MachinePath.IsMatch(line.Text))
            .Select(line => $"{line.Path}:{line.Number}: {line.Text.Trim()}"));

    [Fact]
    public void LockFiles_HoldNoAddresses() =>
        Violations.AssertNone(Lines().Where(line => Path.GetFileName(line.Path) is "packages.lock.json" or "package-lock.json" or ".package-lock.json")
            .Where(line => Regex.IsMatch(line.Text, "\"resolved\"\\s*:\\s*\"(?:https?|git|file)|\\w://") && !IsFunding(line.Text))
            .Select(line => $"{line.Path}:{line.Number}: {line.Text.Trim()}"));

    [Fact]
    public void Projects_HaveALockFile() =>
        Violations.AssertNone(new[] { "src", "tests", "bench" }.SelectMany(SourceTree.Projects)
            .Where(folder => !File.Exists(Path.Combine(folder, "packages.lock.json"))).Select(SourceTree.Relative));

    /// <summary>npm copies where a package's author takes money; nothing is fetched from there.</summary>
    private static bool IsFunding(string line) => line.TrimStart().StartsWith("\"url\"", StringComparison.Ordinal) || line.Contains("\"funding\"", StringComparison.Ordinal);

    private static IEnumerable<(string Path, int Number, string Text)> Lines() =>
        SourceTree.Files("", "*").Where(IsText).SelectMany(path =>
            File.ReadLines(path).Select((text, index) => (SourceTree.Relative(path), index + 1, text)));

    private static bool IsText(string path)
    {
        var name = Path.GetFileName(path);
        // Vocabularies and tokenisers of the models are data.
        return !SourceTree.Relative(path).StartsWith("models/", StringComparison.Ordinal) &&
            (name.StartsWith("Dockerfile", StringComparison.Ordinal) || name is "run" || TextEndings.Contains(Path.GetExtension(name), StringComparer.Ordinal));
    }
}
