namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>The variables of one running scope: the template, one turn of a loop, one call of a macro.</summary>
internal sealed class Frame(Frame? parent, int slots)
{
    /// <summary>Null means not assigned in this scope, so that a read goes on to the parent.</summary>
    public object?[] Slots { get; } = slots == 0 ? [] : new object?[slots];

    public Frame? Parent { get; } = parent;
}
