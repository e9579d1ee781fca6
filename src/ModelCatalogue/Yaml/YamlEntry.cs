namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

/// <summary>A key, its line and its value.</summary>
internal sealed record YamlEntry(string Key, int Line, YamlValue Value);
