namespace LocalAI.Pipeline.Driving;

/// <summary>What one round asks of a target.</summary>
public sealed record LoadShape
{
    /// <summary>The model's name; a bare backend has only one.</summary>
    public required string Model { get; init; }

    /// <summary>Streams at the same time.</summary>
    public required int Streams { get; init; }

    /// <summary>Requests of each stream, one after the other.</summary>
    public required int Requests { get; init; }

    /// <summary>Words of a prompt; how many tokens they are the target says.</summary>
    public required int PromptWords { get; init; }

    /// <summary>Tokens of an answer; the end token is ignored so that every answer is as long.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>Variables for the chat template as a JSON object's text, the same for a host and a bare backend.</summary>
    public required string TemplateArguments { get; init; }

    /// <summary>Further fields of a request's body as a JSON object's text; for servers alone.</summary>
    public string? Further { get; init; }
}
