namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Something that may be called: a macro, a global function, a method of a value.</summary>
internal abstract class CallableValue
{
    public abstract string Name { get; }

    public abstract object Call(RenderState s, Arguments arguments);
}
