namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Jinja's cycler().</summary>
internal sealed class CyclerValue(object[] items)
{
    private int _position;

    public object Attribute(string name) => name switch
    {
        "current" => items[_position],
        "next" => new NativeFunction("next", (_, _) => Next()),
        "reset" => new NativeFunction("reset", (_, _) => Reset()),
        _ => new Undefined(name),
    };

    private object Next()
    {
        object current = items[_position];
        _position = (_position + 1) % items.Length;
        return current;
    }

    private NoneValue Reset()
    {
        _position = 0;
        return NoneValue.Instance;
    }
}
