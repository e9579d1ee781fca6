using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Turns JSON that comes with a request into template values.</summary>
internal static class JsonValues
{
    /// <summary>Deeper input than any message or schema has; keeps the conversion off the stack's end.</summary>
    private const int MaxDepth = 128;

    public static object From(JsonNode? node)
    {
        try
        {
            return From(node, 0);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // JsonNode finds a repeated name or a lone surrogate only when it is read.
            throw new ChatTemplateException($"the input is no valid JSON: {fault.Message}", default, isRaised: true);
        }
    }

    private static object From(JsonNode? node, int depth)
    {
        if (depth > MaxDepth)
            throw new ChatTemplateException($"the input nests deeper than {MaxDepth} levels", default);
        switch (node)
        {
            case null:
                return NoneValue.Instance;
            case JsonObject entries:
                DictValue dict = new();
                foreach ((string name, JsonNode? value) in entries) dict.Entries[name] = From(value, depth + 1);
                return dict;
            case JsonArray items:
                List<object> list = new(items.Count);
                foreach (JsonNode? item in items) list.Add(From(item, depth + 1));
                return new ListValue(list);
            default:
                return Scalar(node);
        }
    }

    private static object Scalar(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => Box.True,
        JsonValueKind.False => Box.False,
        JsonValueKind.Number => Number(node),
        _ => NoneValue.Instance,
    };

    private static object Number(JsonNode node)
    {
        string raw = node.ToJsonString();
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
            return double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return Box.Of(number);
        // Python reads integers of any size; past some thousand digits parsing them gets slow.
        return raw.Length <= 1000
            ? BigInteger.Parse(raw, CultureInfo.InvariantCulture)
            : double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
