namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A folder with models that nobody loads: <c>tiny</c>, further ones, and a broken file.</summary>
internal sealed class ModelsFolder : IDisposable
{
    public ModelsFolder(params string[] further)
    {
        Directory.CreateDirectory(FullPath);
        foreach (var name in further.Prepend("tiny"))
        {
            File.WriteAllBytes(Path.Combine(FullPath, $"{name}.gguf"), []);
        }

        File.WriteAllText(Path.Combine(FullPath, "broken.yaml"), "name: broken\nparameters:\n  model: nowhere.gguf\n");
    }

    public string FullPath { get; } = Path.Combine(Path.GetTempPath(), $"api-tests-{Guid.NewGuid():N}");

    /// <summary>Gives a model a file that says more about it.</summary>
    public void Describe(string name, string yaml) => File.WriteAllText(Path.Combine(FullPath, $"{name}.yaml"), $"name: {name}\nparameters:\n  model: {name}.gguf\n{yaml}\n");

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
