using System.Collections.Frozen;

namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>The methods of Python's str, by name.</summary>
internal static class StringMethods
{
    public static readonly FrozenDictionary<string, MethodBody> Table = new Dictionary<string, MethodBody>
    {
        ["strip"] = (s, x, a) => StringTrimming.Strip(s, (string)x, a, start: true, end: true),
        ["lstrip"] = (s, x, a) => StringTrimming.Strip(s, (string)x, a, start: true, end: false),
        ["rstrip"] = (s, x, a) => StringTrimming.Strip(s, (string)x, a, start: false, end: true),
        ["removeprefix"] = StringTrimming.RemovePrefix,
        ["removesuffix"] = StringTrimming.RemoveSuffix,
        ["split"] = (s, x, a) => StringSplitting.Split(s, (string)x, a, fromRight: false),
        ["rsplit"] = (s, x, a) => StringSplitting.Split(s, (string)x, a, fromRight: true),
        ["splitlines"] = StringSplitting.Lines,
        ["partition"] = (s, x, a) => StringSplitting.Partition(s, (string)x, a, fromRight: false),
        ["rpartition"] = (s, x, a) => StringSplitting.Partition(s, (string)x, a, fromRight: true),
        ["join"] = StringBuilding.Join,
        ["replace"] = StringBuilding.Replace,
        ["format"] = (s, x, a) => BraceFormat.Apply(s, (string)x, a),
        ["expandtabs"] = StringBuilding.ExpandTabs,
        ["zfill"] = StringPadding.ZeroFill,
        ["ljust"] = (s, x, a) => StringPadding.Pad(s, (string)x, a, "ljust"),
        ["rjust"] = (s, x, a) => StringPadding.Pad(s, (string)x, a, "rjust"),
        ["center"] = (s, x, a) => StringPadding.Pad(s, (string)x, a, "center"),
        ["upper"] = (s, x, a) => Cased(s, x, a, "upper", StringCasing.Upper),
        ["lower"] = (s, x, a) => Cased(s, x, a, "lower", StringCasing.Lower),
        ["casefold"] = (s, x, a) => Cased(s, x, a, "casefold", StringCasing.Fold),
        ["title"] = (s, x, a) => Cased(s, x, a, "title", StringCasing.Title),
        ["capitalize"] = (s, x, a) => Cased(s, x, a, "capitalize", StringCasing.Capitalize),
        ["swapcase"] = (s, x, a) => Cased(s, x, a, "swapcase", StringCasing.Swap),
        ["startswith"] = (s, x, a) => StringSearching.Affix(s, (string)x, a, atStart: true),
        ["endswith"] = (s, x, a) => StringSearching.Affix(s, (string)x, a, atStart: false),
        ["find"] = (s, x, a) => StringSearching.Find(s, (string)x, a, fromRight: false, mustExist: false),
        ["rfind"] = (s, x, a) => StringSearching.Find(s, (string)x, a, fromRight: true, mustExist: false),
        ["index"] = (s, x, a) => StringSearching.Find(s, (string)x, a, fromRight: false, mustExist: true),
        ["rindex"] = (s, x, a) => StringSearching.Find(s, (string)x, a, fromRight: true, mustExist: true),
        ["count"] = StringSearching.Count,
        ["isdigit"] = (s, x, a) => All(s, x, a, "isdigit", StringKinds.IsDigit),
        ["isdecimal"] = (s, x, a) => All(s, x, a, "isdecimal", StringKinds.IsDecimal),
        ["isnumeric"] = (s, x, a) => All(s, x, a, "isnumeric", StringKinds.IsNumeric),
        ["isalpha"] = (s, x, a) => All(s, x, a, "isalpha", StringKinds.IsLetter),
        ["isalnum"] = (s, x, a) => All(s, x, a, "isalnum", rune => StringKinds.IsLetter(rune) || StringKinds.IsNumeric(rune)),
        ["isspace"] = (s, x, a) => All(s, x, a, "isspace", StringKinds.IsSpace),
        ["isascii"] = (s, x, a) => Plain(s, x, a, "isascii", text => Ascii.IsValid(text)),
        ["isupper"] = (s, x, a) => Plain(s, x, a, "isupper", StringKinds.IsUpper),
        ["islower"] = (s, x, a) => Plain(s, x, a, "islower", StringKinds.IsLower),
        ["istitle"] = (s, x, a) => Plain(s, x, a, "istitle", text => StringKinds.HasCase(text) && StringCasing.Title(text) == text),
        ["isidentifier"] = (s, x, a) => Plain(s, x, a, "isidentifier", StringKinds.IsIdentifier),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static string Cased(RenderState s, object x, Arguments a, string name, Func<string, string> change)
    {
        a.Exactly(s, name, 0);
        s.ChargeText(((string)x).Length);
        return s.Built(change((string)x));
    }

    private static object All(RenderState s, object x, Arguments a, string name, Func<Rune, bool> test) =>
        Plain(s, x, a, name, text => StringKinds.All(text, test));

    private static object Plain(RenderState s, object x, Arguments a, string name, Func<string, bool> test)
    {
        a.Exactly(s, name, 0);
        s.ChargeText(((string)x).Length * 4L);
        return Box.Of(test((string)x));
    }
}
