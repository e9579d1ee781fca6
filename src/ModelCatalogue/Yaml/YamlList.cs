namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

internal sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line)
{
    public override string Kind => "a list";
}
