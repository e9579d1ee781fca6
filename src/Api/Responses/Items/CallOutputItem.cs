namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>What a function gave.</summary>
internal sealed record CallOutputItem : ResponseItem
{
    public override string IdPrefix => "fco";

    public required string CallId { get; init; }

    /// <summary>The output where it is one text, else null.</summary>
    public string? Text { get; init; }

    /// <summary>The output where it is made of parts, else null.</summary>
    public IReadOnlyList<TextPart>? Parts { get; init; }

    /// <summary>What the model reads.</summary>
    public string Output => Text ?? string.Join('\n', Parts!.Select(part => part.Text));
}
