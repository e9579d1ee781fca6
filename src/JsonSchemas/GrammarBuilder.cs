using System.Globalization;
using System.Text;
using LocalAI.Pipeline.JsonSchemas.Writing;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Composes a GBNF grammar from named rules. A body is GBNF text, most easily made by <see cref="Literal"/> and <see cref="AnyOf"/>.</summary>
public sealed class GrammarBuilder(GrammarOptions? options = null)
{
    private const string Hex = "[0-9a-fA-F]";
    private readonly Dictionary<string, string> _rules = new(StringComparer.Ordinal);
    private int _length;
    private bool _usesAnyJson;

    public GrammarOptions Options { get; } = options ?? new GrammarOptions();

    /// <summary>What may stand after a comma or colon.</summary>
    public string Space => Options.Whitespace == JsonWhitespace.Compact ? "" : " \" \"?";

    /// <summary>Quotes text so that llama.cpp's grammar parser reads back exactly this text.</summary>
    public static string Literal(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value < 0x20 || rune.Value == 0x7F)
                quoted.Append("\\x").Append(rune.Value.ToString("X2", CultureInfo.InvariantCulture));
            else
                quoted.Append(rune);
        }

        return quoted.Append('"').ToString();
    }

    public static string AnyOf(IEnumerable<string> bodies) => $"({string.Join(" | ", bodies)})";

    /// <summary>Adds a rule and returns its name. Adding the same name with another body is an error of the caller.</summary>
    public string Add(string name, string body)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' is no rule name: use letters, digits and hyphens.", nameof(name));
        if (_rules.TryGetValue(name, out var known))
            return known == body ? name : throw new ArgumentException($"Rule '{name}' exists with another body.", nameof(name));
        _length += name.Length + body.Length + 6;
        if (_length > Options.MaxLength)
            throw new JsonSchemaException("#", "", $"The grammar is longer than {Options.MaxLength} characters: simplify the schema.");
        _rules.Add(name, body);
        return name;
    }

    /// <summary>Adds the rules of a schema; <paramref name="name"/> then accepts its instances.</summary>
    /// <exception cref="JsonSchemaException">The grammar becomes too large.</exception>
    public string AddSchema(string name, JsonSchemaDocument schema) =>
        Add(name, ShapeWriter.Write(schema.Shape, this, name, new WorkBudget(schema.Limits.MaxWork)));

    /// <summary>Adds a rule for any text up to the first <paramref name="marker"/>, the marker, and what follows it.</summary>
    /// <param name="without">Regular expressions that are not found in the text.</param>
    public string AddTextUntil(string name, string marker, IReadOnlyList<string> without, string following) =>
        Add(name, FreeText.Until(this, name, marker, without, following));

    /// <summary>Adds a rule for any text in which none of the regular expressions is found.</summary>
    public string AddTextWithout(string name, IReadOnlyList<string> without) => Add(name, FreeText.Without(this, name, without));

    /// <summary>The name of a rule that accepts any JSON value.</summary>
    public string AnyJson()
    {
        _usesAnyJson = true;
        return ValueName;
    }

    /// <summary>The name of a rule that accepts any JSON object.</summary>
    public string AnyObject()
    {
        var member = Add(Options.Prefix + "json-member", $"{String()} \":\"{Space} {AnyJson()}");
        return Add(Options.Prefix + "json-object", $"\"{{\" ({member} (\",\"{Space} {member})*)? \"}}\"");
    }

    /// <summary>Builds the text; the rule named by <see cref="GrammarOptions.RootName"/> must exist.</summary>
    public string Build()
    {
        if (!_rules.ContainsKey(Options.RootName))
            throw new InvalidOperationException($"The grammar has no rule '{Options.RootName}'.");
        if (_usesAnyJson)
            AddAnyJson();
        return string.Concat(_rules.Select(rule => $"{rule.Key} ::= {rule.Value}\n"));
    }

    private string ValueName => Options.Prefix + "json-value";

    private void AddAnyJson()
    {
        var array = Add(Options.Prefix + "json-array", $"\"[\" ({ValueName} (\",\"{Space} {ValueName})*)? \"]\"");
        Add(ValueName, $"{AnyObject()} | {array} | {String()} | {Number()} | \"true\" | \"false\" | \"null\"");
    }

    internal string Number() => Add(Options.Prefix + "json-number",
        $"{Integer()} (\".\" [0-9]{{1,16}})? ([eE] [-+]? [0-9]{{1,2}})?");

    internal string Integer() => Add(Options.Prefix + "json-integer", "\"-\"? (\"0\" | [1-9] [0-9]{0,15})");

    internal string String() => Add(Options.Prefix + "json-string", $"\"\\\"\" {Character()}* \"\\\"\"");

    // One repetition is one character, so that lengths can be counted: escaped surrogates come as a pair or not at all.
    internal string Character() => Add(Options.Prefix + "json-char",
        $"[^\"\\\\\\x00-\\x1F] | \"\\\\\" ([\"\\\\/bfnrt] | \"u\" ([0-9abcefABCEF] {Hex} {Hex} {Hex} | [dD] [0-7] {Hex} {Hex}" +
        $" | [dD] [89abAB] {Hex} {Hex} \"\\\\u\" [dD] [c-fC-F] {Hex} {Hex}))");
}
