namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Where a grammar lets the model write white space. Both are bounded, so a model cannot pad for ever.</summary>
public enum JsonWhitespace
{
    /// <summary>At most one space after each comma and colon.</summary>
    SingleSpaces,

    /// <summary>None.</summary>
    Compact,
}
