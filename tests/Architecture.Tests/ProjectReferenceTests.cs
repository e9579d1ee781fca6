using System.Xml.Linq;

namespace LocalAI.Pipeline.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    public static TheoryData<string> Projects => [.. SourceTree.Projects("src").Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void Table_OfDirections_KnowsEveryProject() =>
        Assert.Equal(
            SourceTree.Projects("src").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal),
            Directions.Allowed.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_OnlyWhatTheTableAllows(string project)
    {
        var document = XDocument.Load(Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj"));
        var references = document.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Violations.AssertNone(references.Except(Directions.Allowed[project]).Select(other => $"{project} references {other}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_References_OnlyWhatTheTableAllows(string project)
    {
        using var assembly = CompiledProject.Open(project);
        Violations.AssertNone(assembly.References.Except(Directions.Allowed[project]).Select(other => $"{project}'s code uses {other}"));
    }

    [Fact]
    public void Api_AndWorkers_MeetInStandaloneAlone()
    {
        var both = Directions.Allowed.Where(entry =>
            entry.Value.Contains("Api", StringComparer.Ordinal) && entry.Value.Any(other => other.StartsWith("Workers.", StringComparison.Ordinal)));
        Assert.Equal(["Standalone"], both.Select(entry => entry.Key));
        Assert.DoesNotContain(Directions.Allowed["Api"], other => other.StartsWith("Workers.", StringComparison.Ordinal));
        Assert.DoesNotContain(Directions.Allowed.Where(entry => entry.Key.StartsWith("Workers.", StringComparison.Ordinal)), entry => entry.Value.Contains("Api", StringComparer.Ordinal));
    }

    [Fact]
    public void Backends_AreCarriedByHosts_NotReferenced()
    {
        var targets = XDocument.Load(Path.Combine(SourceTree.Root, "src", "Backends.targets"));
        Assert.All(targets.Descendants("ProjectReference"), reference =>
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value), Directions.Carried);
            Assert.Equal("false", reference.Attribute("ReferenceOutputAssembly")?.Value);
        });
    }
}
