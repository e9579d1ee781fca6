namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

/// <summary>A value in a YAML text and the line where it begins, from 1.</summary>
internal abstract record YamlValue(int Line)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}
