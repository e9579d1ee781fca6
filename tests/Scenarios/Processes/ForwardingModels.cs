namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>A models folder whose models are another server's.</summary>
internal sealed class ForwardingModels : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenario-").FullName;

    public Dictionary<string, string> Settings => new() { ["urls"] = "http://127.0.0.1:0", ["Models:Folder"] = _folder };

    public void Add(string name, string modelThere, Uri server, string moreYaml = "") => File.WriteAllText(Path.Combine(_folder, $"{name}.yaml"), $"""
        name: {name}
        backend: openai
        parameters:
          model: {modelThere}
        template:
          use_tokenizer_template: true
        options: ["base_url:{new Uri(server, "v1")}"]
        {moreYaml}
        """);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
