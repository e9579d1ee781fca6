using LocalAI.Pipeline.ModelCatalogue.Reading;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>
/// The models of one folder, read once. Not called ModelCatalogue: inside our namespaces that name means this namespace.
/// Safe for any number of threads.
/// </summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, ModelDefinition> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BrokenModel> _brokenByName = new(StringComparer.Ordinal);

    internal Catalogue(string folder, IReadOnlyList<ModelDefinition> models, IReadOnlyList<BrokenModel> broken)
    {
        Folder = folder;
        Models = models;
        Broken = broken;
        foreach (var model in models)
        {
            foreach (var name in model.Aliases.Prepend(model.Name))
            {
                _byName.Add(name, model);
            }
        }

        foreach (var model in broken)
        {
            _brokenByName.TryAdd(model.Name, model);
        }
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The usable models, by name.</summary>
    public IReadOnlyList<ModelDefinition> Models { get; }

    /// <summary>The files that give no model.</summary>
    public IReadOnlyList<BrokenModel> Broken { get; }

    /// <summary>Reads a folder. Mistakes in its files are logged and kept, never thrown.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Catalogue Load(string folder, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(logger);
        return new CatalogueReader(new ModelFolder(folder), logger).Read();
    }

    /// <summary>
    /// The model of a name or an alias, exactly as it is written, or else the broken file of that name.
    /// </summary>
    public ModelLookup Find(string nameOrAlias)
    {
        ArgumentNullException.ThrowIfNull(nameOrAlias);
        return _byName.TryGetValue(nameOrAlias, out var model)
            ? new ModelLookup(model, null)
            : new ModelLookup(null, _brokenByName.GetValueOrDefault(nameOrAlias));
    }
}
