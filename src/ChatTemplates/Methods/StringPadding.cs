namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>ljust, rjust, center and zfill.</summary>
internal static class StringPadding
{
    public static object ZeroFill(RenderState s, object x, Arguments arguments)
    {
        string text = (string)x;
        int width = Numbers.Int(s, arguments.Exactly(s, "zfill", 1)[0], "the width");
        int missing = Missing(s, text, width);
        bool signed = text.Length > 0 && text[0] is '+' or '-';
        string zeros = new('0', missing);
        return signed ? text[0] + zeros + text[1..] : zeros + text;
    }

    public static object Pad(RenderState s, string text, Arguments arguments, string kind)
    {
        object?[] bound = arguments.Bind(s, kind, 1, "width", "fillchar");
        string fill = bound[1] is null ? " " : Argument.Text(s, bound[1], kind);
        if (fill.Length != 1) throw s.Error("the fill character must be exactly one character long");
        int missing = Missing(s, text, Numbers.Int(s, bound[0]!, "the width"));
        return kind switch
        {
            "ljust" => text + new string(fill[0], missing),
            "rjust" => new string(fill[0], missing) + text,
            _ => Center(text, missing, fill[0]),
        };
    }

    public static string Center(string text, int missing, char fill)
    {
        // Python puts the odd blank left exactly when both the padding and the width are odd.
        int width = CodePoints.Count(text) + missing;
        int left = missing / 2 + (missing & width & 1);
        return new string(fill, left) + text + new string(fill, missing - left);
    }

    public static int Missing(RenderState s, string text, int width)
    {
        s.ReserveText(Math.Max(width, text.Length));
        return Math.Max(0, width - CodePoints.Count(text));
    }
}
