namespace LocalAI.Pipeline.Messages.Text;

/// <summary>What form the answer must have.</summary>
public enum OutputKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>Any JSON object.</summary>
    JsonObject,

    /// <summary>JSON that follows a schema.</summary>
    JsonSchema,

    /// <summary>Whatever a GBNF grammar accepts.</summary>
    Grammar,
}
