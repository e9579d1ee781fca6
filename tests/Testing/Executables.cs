namespace LocalAI.Pipeline.Testing;

/// <summary>Where the build put the programs, in the configuration that the running test program was built in.</summary>
public static class Executables
{
    /// <summary>The assembly of a project of <c>src</c>, or of <c>tests/FakeBackend</c>.</summary>
    public static string Of(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var folder = project == "FakeBackend" ? "tests" : "src";
        var path = Path.Combine(RepositoryRoot.Find(), folder, project, "bin", configuration, output.Name, $"LocalAI.Pipeline.{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build {project} in {configuration} first: {path} is missing.");
    }
}
