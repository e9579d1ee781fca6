namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>A call of a function, which the caller carries out.</summary>
internal sealed record CallItem : ResponseItem
{
    public override string IdPrefix => "fc";

    public required string CallId { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON text.</summary>
    public required string Arguments { get; init; }
}
