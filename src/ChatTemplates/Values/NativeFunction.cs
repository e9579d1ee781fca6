namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A function of ours that templates may call.</summary>
internal sealed class NativeFunction(string name, Func<RenderState, Arguments, object> body) : CallableValue
{
    public override string Name => name;

    public override object Call(RenderState s, Arguments arguments) => body(s, arguments);
}
