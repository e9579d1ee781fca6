using System.Text;
using LocalAI.Pipeline.Testing.Logs;

namespace LocalAI.Pipeline.ModelCatalogue.Tests;

/// <summary>A models folder of its own for one test.</summary>
internal sealed class ModelsFolder : IDisposable
{
    private readonly LogCollector _log = new();

    public string Path { get; } = Directory.CreateTempSubdirectory("catalogue-").FullName;

    public IEnumerable<string> Warnings => Lines(Microsoft.Extensions.Logging.LogLevel.Warning);

    public IEnumerable<string> Errors => Lines(Microsoft.Extensions.Logging.LogLevel.Error);

    public ModelsFolder With(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return this;
    }

    public Catalogue Load() => Catalogue.Load(Path, _log.CreateLogger("catalogue"));

    /// <summary>The only model of a YAML file beside an empty weights.gguf.</summary>
    public ModelDefinition Model(string yaml)
    {
        var catalogue = With("weights.gguf", "").With("model.yaml", yaml).Load();
        Assert.True(catalogue.Broken.Count == 0, string.Join(Environment.NewLine, catalogue.Broken));
        return Assert.Single(catalogue.Models);
    }

    /// <summary>The only broken file, where nothing else is in the folder but weights.gguf.</summary>
    public BrokenModel Broken(string yaml) => Assert.Single(With("weights.gguf", "").With("model.yaml", yaml).Load().Broken);

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private IEnumerable<string> Lines(Microsoft.Extensions.Logging.LogLevel level) =>
        _log.Entries.Where(entry => entry.Level == level).Select(entry => entry.Message);
}
