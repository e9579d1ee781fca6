using System.Diagnostics;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>A models folder whose models are served by <c>npm/backend.mjs</c>: by its <c>run.sh</c>, or by one that already runs elsewhere.</summary>
internal sealed class JavaScriptBackend : IDisposable
{
    private static readonly string Proto = Path.Combine(RepositoryRoot.Find(), "src", "Backends.Protocol", "Proto", "backend.proto");

    private readonly string _folder = Directory.CreateTempSubdirectory("scenario-").FullName;

    public JavaScriptBackend()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        AddModel("javascript", "");
        AddModel("refused", "refuse:true");
        AddModel("failing", "fail:true");
        var script = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "backends", "javascript")).FullName, "run.sh");

        // As many of LocalAI's do, it starts the program as a child instead of becoming it.
        File.WriteAllText(script, $"#!/bin/sh\nnode '{Program}' '{Proto}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public Dictionary<string, string> Settings => new()
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Models:Folder"] = Path.Combine(_folder, "models"),
        ["Workers:Backends:Folder"] = Path.Combine(_folder, "backends"),
        ["Workers:Backends:RestartDelay"] = "00:00:00.01",
        ["Workers:Backends:CrashLimit"] = "50",
    };

    private static string Program => Path.Combine(NodeProgram.Folder, "backend.mjs");

    /// <summary>A path that does not exist yet.</summary>
    public string Mark(string name) => Path.Combine(_folder, name);

    /// <summary>Starts it as somebody else would, at a port of this machine.</summary>
    public static Process StartElsewhere(int port) => Process.Start("node", [Program, Proto, "--addr", $"127.0.0.1:{port}"]);

    public static string Words(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"ä{i} "));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AddModel(string name, string option) => File.WriteAllText(Path.Combine(_folder, "models", $"{name}.yaml"), $"""
        name: {name}
        backend: javascript
        parameters:
          model: some/name
        template:
          use_tokenizer_template: true
        options: ["parallel:2", "{option}"]
        """);
}
