namespace LocalAI.Pipeline.Workers.Text.Output;

internal static class OutputLimits
{
    /// <summary>Characters of a tool's name: four times what OpenAI's API allows.</summary>
    public const int ToolName = 256;

    /// <summary>Calls of one answer: no sane one has more.</summary>
    public const int Calls = 32;

    /// <summary>Characters held back while they may still become a call: beyond it the client has waited too long for text.</summary>
    public const int HeldBack = 64 * 1024;

    /// <summary>Newlines at the end of a thought that wait for its end marker, which they belong to: models write two.</summary>
    public const int Newlines = 64;

    /// <summary>Containers inside each other in a call's JSON: System.Text.Json's own limit doubled; deeper text is no sane call.</summary>
    public const int JsonDepth = 128;

    /// <summary>Characters of a JSON number: more digits than any reader of it keeps.</summary>
    public const int JsonLiteral = 400;
}
