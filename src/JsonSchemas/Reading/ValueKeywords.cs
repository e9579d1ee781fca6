using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas.Automata;
using LocalAI.Pipeline.JsonSchemas.Numbers;

namespace LocalAI.Pipeline.JsonSchemas.Reading;

/// <summary>The keywords that bound a value by itself, without schemas inside.</summary>
internal sealed class ValueKeywords(KeywordValues values, JsonSchemaLimits limits, WorkBudget budget)
{
    public bool TryRead(SchemaNode node, string name, JsonElement value)
    {
        switch (name)
        {
            case "type":
                node.Types &= KeywordValues.Types(node, value);
                return true;
            case "enum":
                node.Values = KeywordValues.Array(node, name, value, 1, limits.MaxEnumValues);
                return true;
            case "const":
                node.Values = [value];
                return true;
            case "required":
                node.Required.UnionWith(KeywordValues.Array(node, name, value, 0, limits.MaxNodes).Select(item => KeywordValues.Text(node, name, item)));
                return true;
            case "pattern":
                node.Texts.Add((name, ReadPattern(node, KeywordValues.Text(node, name, value))));
                return true;
            case "format":
                ReadFormat(node, KeywordValues.Text(node, name, value));
                return true;
            case "uniqueItems" when !KeywordValues.Flag(node, name, value):
                return true;
            case "minimum" or "exclusiveMinimum":
                node.Range = node.Range.Intersect(new NumberRange { Least = KeywordValues.Bound(node, name, value), IsAbove = name == "exclusiveMinimum" });
                return true;
            case "maximum" or "exclusiveMaximum":
                node.Range = node.Range.Intersect(new NumberRange { Most = KeywordValues.Bound(node, name, value), IsBelow = name == "exclusiveMaximum" });
                return true;
            default:
                return TryReadCount(node, name, value);
        }
    }

    private bool TryReadCount(SchemaNode node, string name, JsonElement value)
    {
        switch (name)
        {
            case "minItems":
                node.MinItems = values.Count(node, name, value);
                return true;
            case "maxItems":
                node.MaxItems = values.Count(node, name, value);
                return true;
            case "minLength":
                node.MinLength = values.Count(node, name, value);
                return true;
            case "maxLength":
                node.MaxLength = values.Count(node, name, value);
                return true;
            default:
                return false;
        }
    }

    private Automaton ReadPattern(SchemaNode node, string expression)
    {
        if (expression.Length > limits.MaxPatternLength)
            throw KeywordValues.Refuse(node, "pattern", $"More than {limits.MaxPatternLength} characters.");
        try
        {
            return Determinisation.Of(PatternReader.Read(expression), budget, $"{node.Path}/pattern");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw KeywordValues.Refuse(node, "pattern", $"The pattern cannot be honoured: {exception.Message}");
        }
    }

    private void ReadFormat(SchemaNode node, string format)
    {
        if (NumberFormats.Of(format) is { } range)
            node.Range = node.Range.Intersect(range);
        else
            node.Texts.Add(("format", Determinisation.Of(TextFormats.Of(format) ?? throw Unknown(node), budget, $"{node.Path}/format")));
    }

    private static JsonSchemaException Unknown(SchemaNode node) =>
        KeywordValues.Refuse(node, "format", $"There are {string.Join(", ", TextFormats.Names)}: use one of them or a pattern.");
}
