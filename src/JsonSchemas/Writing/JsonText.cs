using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>JSON as models write it: compact, and nothing is escaped that need not be (.NET's own writer escapes all beyond U+FFFF).</summary>
internal static class JsonText
{
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    public static string Of(string value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    // The document's reader bounds the depth.
    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().ToList();
                AppendAll(text, '{', '}', members, member =>
                {
                    Append(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                });
                break;
            case JsonValueKind.Array:
                AppendAll(text, '[', ']', [.. value.EnumerateArray()], item => Append(text, item));
                break;
            case JsonValueKind.String:
                Append(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, List<T> parts, Action<T> append)
    {
        text.Append(open);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            append(parts[i]);
        }

        text.Append(close);
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (character < 0x20)
                text.Append(Escape(character));
            else
                text.Append(character);
        }

        text.Append('"');
    }

    /// <summary>A control character inside a string (RFC 8259, section 7).</summary>
    public static string Escape(char control) => control switch
    {
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => "\\u" + ((int)control).ToString("x4", CultureInfo.InvariantCulture),
    };
}
