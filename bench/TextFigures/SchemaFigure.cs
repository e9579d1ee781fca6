using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.TextFigures;

/// <summary>From the text of a schema with 50 properties to its grammar.</summary>
internal static class SchemaFigure
{
    private const int Properties = 50;

    // What schemas of requests have, one kind after the other.
    private static readonly string[] Kinds =
    [
        """{"type":"string"}""", """{"type":"integer","minimum":0,"maximum":120}""", """{"enum":["red","green","blue"]}""", """{"type":"boolean"}""",
        """{"type":"string","format":"date-time"}""", """{"type":"array","items":{"type":"string","maxLength":20},"maxItems":5}""", """{"type":["number","null"]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a"]}""", """{"type":"string","pattern":"^[A-Z]{2}[0-9]{4}$"}""",
        """{"anyOf":[{"type":"string","minLength":1},{"type":"integer"}]}""",
    ];

    public static async Task RunAsync(int rounds, TextWriter output)
    {
        var schema = Schema();
        var (median, first) = Timing.Of(() => JsonSchemaDocument.Parse(JsonElement.Parse(schema)).ToGrammar(), rounds);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"schema of {Properties} properties ({schema.Length} characters) to grammar: {median:0.000} ms; the first of the process {first:0.0} ms"));
    }

    private static string Schema()
    {
        var properties = new JsonObject();
        for (var i = 0; i < Properties; i++)
        {
            properties[$"property_{i}"] = JsonNode.Parse(Kinds[i % Kinds.Length]);
        }

        var required = new JsonArray([.. Enumerable.Range(0, Properties).Where(i => i % 2 == 0).Select(i => JsonValue.Create($"property_{i}"))]);
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false }.ToJsonString();
    }
}
