using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Architecture.Tests;

public sealed class CodeShapeTests
{
    private const int LongestFile = 400;
    private const int LongestTestFile = 500;
    private const int LongestReadme = 60;
    private const int LongestProgram = 40;

    private static readonly string[] RefusedEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Base", "Impl", "Data", "Info"];
    private static readonly string[] RefusedFolders = [.. RefusedEndings, "Services", "Models", "Handlers"];

    public static TheoryData<string> Projects => [.. Directions.Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Classes_AreSealed_UnlessSomethingInheritsThem(string project)
    {
        using var assembly = CompiledProject.Open(project);
        Violations.AssertNone(assembly.UnsealedClasses.Select(name => $"{project}: {name} is not sealed"));
    }

    [Fact]
    public void Names_AreNotOfTheRefused() =>
        Violations.AssertNone(SourceTree.Code("src", "bench").SelectMany(file => SourceTree.TopLevelTypes(file.Text)
            .Where(name => RefusedEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .Select(name => $"{SourceTree.Relative(file.Path)}: {name}")));

    [Fact]
    public void Folders_AreNotOfTheRefused() =>
        Violations.AssertNone(SourceTree.Code("src", "tests", "bench").Select(file => SourceTree.Relative(Path.GetDirectoryName(file.Path)!))
            .Where(folder => folder.Split('/').Any(part => RefusedFolders.Contains(part, StringComparer.Ordinal))));

    [Fact]
    public void Namespaces_AreProjectAndFolder() =>
        Violations.AssertNone(SourceTree.Code("src", "tests", "bench").Select(file =>
        {
            var found = Regex.Match(file.Text, @"^namespace\s+([\w.]+)", RegexOptions.Multiline).Groups[1].Value;
            // Program.cs, global usings and assembly attributes have none.
            var folder = SourceTree.Relative(Path.GetDirectoryName(file.Path)!);
            var expected = "LocalAI.Pipeline." + string.Join('.', folder.Split('/').Skip(1));
            return found.Length == 0 || found == expected ? null : $"{SourceTree.Relative(file.Path)}: {found}, but {expected} is expected";
        }).OfType<string>());

    [Fact]
    public void Files_HoldOneTypeAndItsName() =>
        Violations.AssertNone(SourceTree.Code("src", "bench").Select(file =>
        {
            var types = SourceTree.TopLevelTypes(file.Text);
            var name = Path.GetFileName(file.Path).Split('.')[0];
            return types.Count == 0 || (types.Count == 1 && types[0] == name) ? null : $"{SourceTree.Relative(file.Path)}: {string.Join(", ", types)}";
        }).OfType<string>());

    [Fact]
    public void Files_AreShortEnoughToBeReadTired() =>
        Violations.AssertNone(
            TooLong(SourceTree.Files("src", "*.cs").Concat(SourceTree.Files("bench", "*.cs")), LongestFile)
                .Concat(TooLong(SourceTree.Files("tests", "*.cs"), LongestTestFile))
                .Concat(TooLong(SourceTree.Files("src", "Program.cs"), LongestProgram)));

    [Fact]
    public void Rooms_HaveAShortReadme()
    {
        var rooms = SourceTree.Projects("src").Append(Path.Combine(SourceTree.Root, "bench"))
            .Append(Path.Combine(SourceTree.Root, "infra", "docker-compose")).Select(folder => Path.Combine(folder, "README.md")).ToList();
        Violations.AssertNone(rooms.Where(readme => !File.Exists(readme)).Select(readme => $"{SourceTree.Relative(readme)} is missing")
            .Concat(TooLong(rooms.Where(File.Exists), LongestReadme)));
    }

    [Fact]
    public void NativeCode_IsBoundByTheBackendThatLoadsItAlone()
    {
        var importing = SourceTree.Code("src").Where(file => Regex.IsMatch(file.Text, @"^\s*\[(?:\w+\.)*(?:DllImport|LibraryImport)\(", RegexOptions.Multiline))
            .Select(file => SourceTree.Relative(file.Path)).Where(path => !path.StartsWith("src/Backends.Llama/", StringComparison.Ordinal)).ToList();
        // One file asks the kernel to end a backend with its parent; everything else native belongs to a backend.
        Assert.All(importing, path => Assert.StartsWith("src/Backends.Protocol/", path, StringComparison.Ordinal));
        Assert.InRange(importing.Count, 0, 1);
    }

    private static IEnumerable<string> TooLong(IEnumerable<string> files, int most) =>
        files.Select(path => (path, Lines: File.ReadLines(path).Count())).Where(file => file.Lines > most)
            .Select(file => $"{SourceTree.Relative(file.path)}: {file.Lines} lines, at most {most}");
}
