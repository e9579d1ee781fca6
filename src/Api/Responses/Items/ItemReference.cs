namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>Another item by its id; never stored, because what it stands for is.</summary>
internal sealed record ItemReference : ResponseItem
{
    public override string IdPrefix => "";
}
