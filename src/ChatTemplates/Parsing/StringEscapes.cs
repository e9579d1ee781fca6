namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Python's escapes in string literals. An unknown one keeps its backslash.</summary>
internal static class StringEscapes
{
    /// <summary>Null where a \x, \u or \U has too few digits.</summary>
    public static string? Decode(string body)
    {
        if (!body.Contains('\\', StringComparison.Ordinal)) return body;
        StringBuilder value = new(body.Length);
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length)
            {
                value.Append(body[i]);
                continue;
            }

            int used = One(body, i + 1, value);
            if (used < 0) return null;
            i += used;
        }

        return value.ToString();
    }

    /// <summary>Appends what the escape means and gives how many characters follow the backslash in it.</summary>
    private static int One(string body, int at, StringBuilder value)
    {
        char c = body[at];
        switch (c)
        {
            case '\n':
                return 1;
            case 'x':
                return Hex(body, at + 1, 2, value);
            case 'u':
                return Hex(body, at + 1, 4, value);
            case 'U':
                return Hex(body, at + 1, 8, value);
            case 'N':
                return -1;
            case >= '0' and <= '7':
                return Octal(body, at, value);
        }

        int simple = "\\'\"abfnrtv".IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0) value.Append("\\'\"\a\b\f\n\r\t\v"[simple]);
        else value.Append('\\').Append(c);
        return 1;
    }

    private static int Hex(string body, int at, int digits, StringBuilder value)
    {
        if (at + digits > body.Length
            || !int.TryParse(body.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            || code is < 0 or > 0x10ffff) return -1;
        AppendCode(value, code);
        return digits + 1;
    }

    private static int Octal(string body, int at, StringBuilder value)
    {
        int code = 0, used = 0;
        while (used < 3 && at + used < body.Length && body[at + used] is >= '0' and <= '7')
            code = code * 8 + body[at + used++] - '0';
        AppendCode(value, code);
        return used;
    }

    private static void AppendCode(StringBuilder value, int code)
    {
        if (code < 0x10000) value.Append((char)code);
        else value.Append(char.ConvertFromUtf32(code));
    }
}
