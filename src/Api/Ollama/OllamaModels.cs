using System.Security.Cryptography;
using System.Text;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary>The catalogue under Ollama's names, which all have a tag: one that has none here is <c>:latest</c>.</summary>
internal sealed class OllamaModels(Catalogue catalogue, ModelResolver models)
{
    private const string Latest = ":latest";

    public IReadOnlyList<ModelDefinition> All => catalogue.Models;

    /// <exception cref="Errors.ApiException">There is no such model, it is broken, or it does not do text.</exception>
    public ModelDefinition Text(string? name)
    {
        var isTagged = name is not null && name.EndsWith(Latest, StringComparison.Ordinal) && catalogue.Find(name) is { Model: null, Broken: null };
        return models.Text(isTagged ? name![..^Latest.Length] : name);
    }

    public static string Tagged(ModelDefinition model) => model.Name.Contains(':', StringComparison.Ordinal) ? model.Name : model.Name + Latest;

    /// <summary>The size of a model's file and when it was written; zero where it is no file.</summary>
    public static (long Size, DateTimeOffset Modified) FileOf(ModelDefinition model)
    {
        var file = new FileInfo(model.ModelFile);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (0, DateTimeOffset.UnixEpoch);
    }

    /// <summary>Tells one version of a model's file from another; not of its bytes, which would take minutes to read.</summary>
    public static string Digest(ModelDefinition model)
    {
        var (size, modified) = FileOf(model);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Name} {model.Model} {size} {modified.UtcTicks}")));
    }
}
