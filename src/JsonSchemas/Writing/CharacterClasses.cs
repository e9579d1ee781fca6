using System.Globalization;
using System.Text;
using LocalAI.Pipeline.JsonSchemas.Automata;

namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>Sets of characters as GBNF.</summary>
internal static class CharacterClasses
{
    private const string ShortEscapes = "\b\f\n\r\t";

    /// <summary>What stands in a JSON string as it is (RFC 8259, section 7).</summary>
    public static CodePoints Unescaped { get; } = CodePoints.Of([(0, 0x1F), ('"', '"'), ('\\', '\\')]).Complement();

    public static string Class(CodePoints characters)
    {
        var text = new StringBuilder("[");
        foreach (var (first, last) in characters.Ranges)
        {
            Append(text, first);
            if (last > first)
                Append(text.Append('-'), last);
        }

        return text.Append(']').ToString();
    }

    /// <summary>The set inside a JSON string: what must be escaped is, in its one short form where there is one.</summary>
    public static string InString(CodePoints characters)
    {
        var alternatives = new List<string>();
        var plain = characters.Intersect(Unescaped);
        if (!plain.IsEmpty)
            alternatives.Add(Class(plain));
        if (characters.Contains('"'))
            alternatives.Add(GrammarBuilder.Literal("\\\""));
        if (characters.Contains('\\'))
            alternatives.Add(GrammarBuilder.Literal("\\\\"));
        for (var control = 0; control < 0x20; control++)
        {
            // The others only where the text cannot do without: few models ever mean them.
            if (characters.Contains(control) && (ShortEscapes.Contains((char)control, StringComparison.Ordinal) || plain.IsEmpty))
                alternatives.Add(GrammarBuilder.Literal(JsonText.Escape((char)control)));
        }

        return alternatives.Count == 1 ? alternatives[0] : GrammarBuilder.AnyOf(alternatives);
    }

    private static void Append(StringBuilder text, int codePoint)
    {
        if (codePoint < 0x80 && char.IsAsciiLetterOrDigit((char)codePoint))
            text.Append((char)codePoint);
        else if (codePoint <= 0xFF)
            text.Append("\\x").Append(codePoint.ToString("X2", CultureInfo.InvariantCulture));
        else if (codePoint <= 0xFFFF)
            text.Append("\\u").Append(codePoint.ToString("X4", CultureInfo.InvariantCulture));
        else
            text.Append("\\U").Append(codePoint.ToString("X8", CultureInfo.InvariantCulture));
    }
}
