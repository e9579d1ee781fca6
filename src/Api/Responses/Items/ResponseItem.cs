namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>One item of a conversation in the Responses API: what is given to a model and what it gives, in one shape for both ways.</summary>
internal abstract record ResponseItem
{
    /// <summary>The item's id; null where its sender gave none and it has none yet.</summary>
    public string? Id { get; init; }

    /// <summary>Whether its maker finished it.</summary>
    public ItemStatus Status { get; init; } = ItemStatus.Completed;

    /// <summary>Where a request has it, for errors; empty for what is stored.</summary>
    public string Path { get; init; } = "";

    /// <summary>What ids of such items begin with.</summary>
    public abstract string IdPrefix { get; }
}
