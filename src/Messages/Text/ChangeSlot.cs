namespace LocalAI.Pipeline.Messages.Text;

/// <summary>
/// Request, sent by the API to <see cref="QueueNames.Text"/>: saves what an engine's slot holds, restores or erases it, at the worker that
/// takes it. Answered with <see cref="SlotChanged"/> or <see cref="Jobs.JobRefused"/>; running it twice does the same again.
/// </summary>
public sealed record ChangeSlot
{
    /// <summary>The job, chosen by the API.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The key that asks: what a slot holds is its owner's.</summary>
    public required string Owner { get; init; }

    /// <summary>The HTTP request's id, for the logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The slot, from 0.</summary>
    public required int Slot { get; init; }

    /// <summary>What is to be done.</summary>
    public required SlotAction Action { get; init; }

    /// <summary>A plain name inside the configured folder; null when the slot is erased.</summary>
    public string? FileName { get; init; }
}
