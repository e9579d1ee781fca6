namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Go's notions of truth and of printing.</summary>
internal static class GoValues
{
    public static bool IsTrue(object value) => Truth.Of(value);

    public static string Text(RenderState s, object value)
    {
        switch (value)
        {
            case bool flag:
                return flag ? "true" : "false";
            case NoneValue:
                return "";
            case double real when double.IsInteger(real) && Math.Abs(real) < 1e21:
                return real.ToString("F0", CultureInfo.InvariantCulture);
            case ListValue list:
                s.Enter(s.At);
                string items = "[" + string.Join(' ', list.Items.Select(item => Text(s, item))) + "]";
                s.Leave();
                return s.Built(items);
            case DictValue dict:
                s.Enter(s.At);
                string entries = "map[" + string.Join(' ', dict.Entries.OrderBy(e => e.Key as string, StringComparer.Ordinal)
                    .Select(e => $"{Text(s, e.Key)}:{Text(s, e.Value)}")) + "]";
                s.Leave();
                return s.Built(entries);
            default:
                return Texts.Of(s, value);
        }
    }
}
