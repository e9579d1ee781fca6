namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A method of a string, list or dict together with that value.</summary>
internal sealed class BoundMethod(object target, string name, MethodBody body) : CallableValue
{
    public override string Name => name;

    public override object Call(RenderState s, Arguments arguments) => body(s, target, arguments);
}
