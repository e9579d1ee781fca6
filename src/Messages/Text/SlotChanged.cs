namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="ChangeSlot"/>.</summary>
public sealed record SlotChanged
{
    /// <summary>Tokens that were saved, restored or erased.</summary>
    public required int Tokens { get; init; }

    /// <summary>Bytes of the file; 0 without one.</summary>
    public required long Bytes { get; init; }
}
