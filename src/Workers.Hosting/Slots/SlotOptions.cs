using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Workers.Hosting.Slots;

/// <summary>How a model's slots are shared between the lanes.</summary>
public sealed class SlotOptions
{
    /// <summary>The section.</summary>
    public const string SectionName = "Workers:Slots";

    /// <summary>Slots that batch work leaves free; at least one is left to it. One keeps chats from waiting for a batch line.</summary>
    [Range(0, 255)]
    public int InteractiveReserve { get; set; } = 1;
}
