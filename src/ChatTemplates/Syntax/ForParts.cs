namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>The parts of a for loop as parsed.</summary>
internal sealed record ForParts
{
    public required Target Target { get; init; }
    public required Expression Items { get; init; }
    public required Expression? Test { get; init; }
    public required bool IsRecursive { get; init; }
    public required Statement[] Body { get; init; }
    public required Statement[] Otherwise { get; init; }
    public required Scope TestScope { get; init; }
    public required Scope BodyScope { get; init; }
    public required Scope OtherwiseScope { get; init; }
    public required int LoopSlot { get; init; }
}
