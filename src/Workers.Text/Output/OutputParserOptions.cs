namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>What the raw text of one generation may contain besides text.</summary>
internal sealed record OutputParserOptions
{
    /// <summary>The ids of tool calls are derived from it, so a generation that continues elsewhere gives the same ones.</summary>
    public Guid JobId { get; init; }

    /// <summary>The prompt already opened the thought.</summary>
    public bool StartsInReasoning { get; init; }

    /// <summary>Null: the model never opens a thought itself.</summary>
    public string? ReasoningStart { get; init; } = "<think>";

    /// <summary>Null: no reasoning is looked for at all.</summary>
    public string? ReasoningEnd { get; init; } = "</think>";

    public ToolCallFormat ToolFormat { get; init; }

    /// <summary>With <see cref="ToolCallFormat.Patterns"/>: how calls are found.</summary>
    public CallPatterns? Patterns { get; init; }

    /// <summary>The tools of the request; a call of any other name is text.</summary>
    public IReadOnlyCollection<string> ToolNames { get; init; } = [];
}
