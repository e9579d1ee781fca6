namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>
/// One step of a job's output. Sequence numbers start at 0 and are contiguous over all attempts; the last delta has
/// <see cref="Finish"/> or <see cref="Failure"/>. The concatenated <see cref="RawText"/> of all deltas up to one is the
/// model's raw output that stands for them, so a generation can be continued behind any delta.
/// </summary>
public sealed record GenerationDelta
{
    /// <summary>The delta's number in its job.</summary>
    public required long Sequence { get; init; }

    /// <summary>Text of the answer.</summary>
    public string Text { get; init; } = "";

    /// <summary>Text of the reasoning before the answer.</summary>
    public string Reasoning { get; init; } = "";

    /// <summary>Pieces of tool calls.</summary>
    public IReadOnlyList<ToolCallDelta> ToolCalls { get; init; } = [];

    /// <summary>The raw output, markers included; null when it equals <see cref="Text"/>.</summary>
    public string? Raw { get; init; }

    /// <summary>Tokens generated for this delta.</summary>
    public int Tokens { get; init; }

    /// <summary>OpenAI-shaped <c>logprobs.content</c> entries as the text of a JSON array, or null.</summary>
    public string? Logprobs { get; init; }

    /// <summary>Tokens and times, where the command asks for them.</summary>
    public DeltaDetail? Detail { get; init; }

    /// <summary>The prompt's length, in an attempt's first delta where the backend tells it before the end.</summary>
    public PromptCounts? Prompt { get; init; }

    /// <summary>The good end, in the last delta.</summary>
    public GenerationFinish? Finish { get; init; }

    /// <summary>The bad end, in the last delta.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>The raw output of this delta.</summary>
    public string RawText => Raw ?? Text;

    /// <summary>Whether nothing follows.</summary>
    public bool IsLast => Finish is not null || Failure is not null;
}
