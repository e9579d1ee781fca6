using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>
/// A models folder with one model whose backend is the fake one, found the way LocalAI's backends are: a folder with a
/// <c>run.sh</c>.
/// </summary>
internal sealed class FakeModels : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenario-").FullName;

    public FakeModels(int slots = 4, string moreOptions = "", string moreYaml = "")
    {
        Directory.CreateDirectory(Models);
        Directory.CreateDirectory(Path.Combine(Backends, "fake"));
        File.WriteAllText(Path.Combine(Models, "fake.yaml"), $"""
            name: fake
            backend: fake
            parameters:
              model: fake
            template:
              use_tokenizer_template: true
            options: ["parallel:{slots}"{moreOptions}]
            {moreYaml}
            """);
        var script = Path.Combine(Backends, "fake", "run.sh");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{Executables.Of("FakeBackend")}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public Dictionary<string, string> Settings => new()
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Models:Folder"] = Models,
        ["Workers:Backends:Folder"] = Backends,
    };

    private string Models => Path.Combine(_folder, "models");

    private string Backends => Path.Combine(_folder, "backends");

    /// <summary>A path that does not exist yet: creating the file is a signal to the fake backend.</summary>
    public string Signal(string name) => Path.Combine(_folder, name);

    public static string Words(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i => $"w{i} "));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
