namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>Arguments that must be of one type.</summary>
internal static class Argument
{
    public static string Text(RenderState s, object? value, string owner) => value switch
    {
        string text => text,
        Undefined undefined => throw undefined.Fault(s),
        _ => throw s.Error($"{owner}() needs a string, not {TypeNames.Of(value ?? NoneValue.Instance)}"),
    };

    public static bool Flag(object? value, bool otherwise) => value is null ? otherwise : Truth.Of(value);

    public static int Int(RenderState s, object? value, int otherwise, string what) =>
        value is null ? otherwise : Numbers.Int(s, value, what);
}
