namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

/// <summary>A text is no YAML, or more than is read here.</summary>
internal sealed class YamlTextException(int line, string reason) : Exception(reason)
{
    public int Line => line;
}
