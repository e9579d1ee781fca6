namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line)
{
    public override string Kind => "a section with keys";
}
