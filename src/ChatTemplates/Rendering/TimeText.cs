namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>strftime's codes with English names, for <c>strftime_now</c>.</summary>
internal static class TimeText
{
    public static string Format(RenderState s, string format)
    {
        // No code gives more than 30 characters.
        s.ReserveText(format.Length * 30L);
        StringBuilder output = new();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                output.Append(format[i]);
                continue;
            }

            bool unpadded = format[i + 1] == '-' && i + 2 < format.Length;
            i += unpadded ? 2 : 1;
            string part = Code(s.Now, format[i]) ?? "%" + (unpadded ? "-" : "") + format[i];
            output.Append(unpadded ? Unpad(part) : part);
        }

        return output.ToString();
    }

    private static string? Code(DateTimeOffset now, char code) => code switch
    {
        '%' => "%",
        'n' => "\n",
        't' => "\t",
        'w' => ((int)now.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'u' => (now.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)now.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'j' => now.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'e' => now.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        's' => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'U' => Week(now, (int)now.DayOfWeek),
        'W' => Week(now, ((int)now.DayOfWeek + 6) % 7),
        'V' => ISOWeek.GetWeekOfYear(now.DateTime).ToString("00", CultureInfo.InvariantCulture),
        'G' => ISOWeek.GetYear(now.DateTime).ToString("0000", CultureInfo.InvariantCulture),
        'Z' => "UTC",
        'C' => (now.Year / 100).ToString("00", CultureInfo.InvariantCulture),
        _ => Pattern(code) is { } pattern ? now.ToString(pattern, CultureInfo.InvariantCulture) : null,
    };

    private static string? Pattern(char code) => code switch
    {
        'd' => "dd",
        'm' => "MM",
        'y' => "yy",
        'Y' => "yyyy",
        'B' => "MMMM",
        'b' or 'h' => "MMM",
        'A' => "dddd",
        'a' => "ddd",
        'H' => "HH",
        'I' => "hh",
        'M' => "mm",
        'S' => "ss",
        'f' => "ffffff",
        'p' => "tt",
        'z' => "zz00",
        'F' => "yyyy-MM-dd",
        'T' or 'X' => "HH:mm:ss",
        'R' => "HH:mm",
        'r' => "hh:mm:ss tt",
        'D' or 'x' => "MM/dd/yy",
        'c' => "ddd MMM dd HH:mm:ss yyyy",
        _ => null,
    };

    private static string Week(DateTimeOffset now, int daysSinceWeekStart) =>
        ((now.DayOfYear + 6 - daysSinceWeekStart) / 7).ToString("00", CultureInfo.InvariantCulture);

    private static string Unpad(string part)
    {
        string bare = part.TrimStart('0', ' ');
        return bare.Length > 0 ? bare : "0";
    }
}
