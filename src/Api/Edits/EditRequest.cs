using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Edits;

/// <summary>The body of <c>POST /v1/edits</c>, read and checked.</summary>
internal sealed record EditRequest
{
    public string? Model { get; init; }

    /// <summary>What is to be done to each input.</summary>
    public required string Instruction { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary><c>n</c>: edits of each input.</summary>
    public int Choices { get; init; } = 1;

    public required SamplingSettings Sampling { get; init; }

    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    public OutputFormat? Output { get; init; }

    public Lane Lane { get; init; } = Lane.Interactive;
}
