using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Where the build put the programs, in the configuration that these tests were built in.</summary>
internal static class Executables
{
    public static string Of(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var folder = project == "FakeBackend" ? "tests" : "src";
        var path = Path.Combine(RepositoryRoot.Find(), folder, project, "bin", configuration, output.Name, $"LocalAI.Pipeline.{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build {project} in {configuration} first: {path} is missing.");
    }
}
