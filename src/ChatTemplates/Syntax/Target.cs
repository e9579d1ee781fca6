namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>What an assignment writes to.</summary>
internal abstract class Target
{
    /// <summary>Gives the names slots in a scope; a loop binds its target twice, with the same slots.</summary>
    public abstract void Bind(Scope scope);

    public abstract void Assign(RenderState s, object value);
}
