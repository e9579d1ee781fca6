namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Jinja's joiner(): nothing the first time, then the separator.</summary>
internal sealed class JoinerValue(string separator) : CallableValue
{
    private bool _used;

    public override string Name => "joiner";

    public override object Call(RenderState s, Arguments arguments)
    {
        if (_used) return separator;
        _used = true;
        return "";
    }

    public override string ToString() => "<joiner object>";
}
