using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Architecture.Tests.Deployment;

public sealed class DockerfileTests
{
    public static TheoryData<string> Files => [.. SourceTree.Files("infra", "Dockerfile.*").Select(SourceTree.Relative)];

    [Fact]
    public void Dockerfiles_AreThoseOfOurProcesses() =>
        Assert.Equal(["Dockerfile.api", "Dockerfile.text-worker"], SourceTree.Files("infra", "Dockerfile.*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Dockerfile_Copies_WhatExistsAndIsNotIgnored(string file)
    {
        var ignored = File.ReadAllLines(Path.Combine(SourceTree.Root, ".dockerignore"));
        var sources = Instructions(file).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.Contains("src", sources);
        Assert.All(sources, source =>
        {
            Assert.True(Path.Exists(Path.Combine(SourceTree.Root, source)), source);
            Assert.DoesNotContain(source, ignored);
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dockerfile_Publishes_TheProjectThatItStarts(string file)
    {
        var text = string.Join('\n', Instructions(file));
        var project = Regex.Match(text, @"dotnet publish src/(\S+)").Groups[1].Value;
        Assert.True(File.Exists(Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj")), project);
        Assert.Contains($"ENTRYPOINT [\"dotnet\", \"LocalAI.Pipeline.{project}.dll\"]", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dockerfile_Sets_OnlyPropertiesThatTheBuildReads(string file)
    {
        var build = SourceTree.Files("", "*.props").Concat(SourceTree.Files("src", "*.targets")).Concat(SourceTree.Files("src", "*.csproj"))
            .Concat(SourceTree.Files("native", "*.targets")).Select(File.ReadAllText).ToList();
        var properties = Instructions(file).SelectMany(line => Regex.Matches(line, @"-p:(\w+)=").Select(match => match.Groups[1].Value)).ToList();
        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.Contains(build, text => text.Contains(property, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dockerfile_Ends_WithoutRootAndWithAHealthCheck(string file)
    {
        var lines = Instructions(file).ToList();
        Assert.True(lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)) > 1, "one stage only");
        var last = lines[lines.FindLastIndex(line => line.StartsWith("FROM ", StringComparison.Ordinal))..];
        Assert.Matches(@"^USER [1-9]\d*$", last.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Contains(last, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        Assert.DoesNotContain(last, line => line.Contains("dotnet-sdk", StringComparison.Ordinal) || line.Contains(" npm", StringComparison.Ordinal));
    }

    /// <summary>Lines that are continued, joined; comments left out.</summary>
    private static IEnumerable<string> Instructions(string file) =>
        string.Join('\n', File.ReadLines(Path.Combine(SourceTree.Root, file)).Where(line => !line.TrimStart().StartsWith('#')))
            .Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Regex.Replace(line.Trim(), @"\s+", " "));
}
