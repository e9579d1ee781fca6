namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Names and white space of a grammar. Rule names are letters, digits and hyphens.</summary>
public sealed record GrammarOptions
{
    public string RootName { get; init; } = "root";

    public string Prefix { get; init; } = "";

    public JsonWhitespace Whitespace { get; init; } = JsonWhitespace.SingleSpaces;

    public int MaxLength { get; init; } = 1_000_000;
}
