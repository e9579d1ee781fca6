namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

/// <summary>One text; plain where it is not quoted and may therefore be a number, a truth value or nothing.</summary>
internal sealed record YamlScalar(int Line, string Text, bool IsPlain) : YamlValue(Line)
{
    public override string Kind => IsNull ? "nothing" : "a single value";

    /// <summary>As in YAML's core schema.</summary>
    public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
}
