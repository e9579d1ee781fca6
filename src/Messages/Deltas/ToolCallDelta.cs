namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>A piece of one tool call: the first of an index carries id and name, later ones only argument text.</summary>
public sealed record ToolCallDelta
{
    /// <summary>Which call of the answer, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The call's id, in its first piece.</summary>
    public string? Id { get; init; }

    /// <summary>The function's name, in its first piece.</summary>
    public string? Name { get; init; }

    /// <summary>The next piece of the arguments' JSON text.</summary>
    public string Arguments { get; init; } = "";
}
