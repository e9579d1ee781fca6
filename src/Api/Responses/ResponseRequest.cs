using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The body of <c>POST /v1/responses</c>, read and checked.</summary>
internal sealed record ResponseRequest
{
    public required ResponsePrompt Prompt { get; init; }

    public required SamplingSettings Sampling { get; init; }

    public bool Stream { get; init; }

    /// <summary>The response is kept, to be asked for and gone on from.</summary>
    public bool Store { get; init; }

    /// <summary>It is made whether or not anybody waits.</summary>
    public bool Background { get; init; }

    public Lane Lane { get; init; } = Lane.Interactive;

    public int? MaxOutputTokens { get; init; }

    /// <summary>Calls over this number are left out of the answer.</summary>
    public int? MaxToolCalls { get; init; }

    /// <summary>Whether answers carry log probabilities.</summary>
    public bool Logprobs { get; init; }

    public int TopLogprobs { get; init; }

    /// <summary>Thoughts carry their <c>encrypted_content</c>.</summary>
    public bool IncludesSealedReasoning { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What the answer repeats and nothing else reads.</summary>
    public required PassiveSettings Passive { get; init; }
}
