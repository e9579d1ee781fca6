using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas.Tests;

public sealed class SchemaRefusalTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"patternProperties":{}}}}""", "#/properties/a/patternProperties")]
    [InlineData("""{"$ref":"#"}""", "#/$ref")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", "#/$defs/a/$ref")]
    [InlineData("""{"$ref":"https://example.com/x"}""", "#/$ref")]
    [InlineData("""{"type":"integer","multipleOf":2}""", "#/multipleOf")]
    [InlineData("""{"items":{"uniqueItems":true}}""", "#/items/uniqueItems")]
    [InlineData("""{"pattern":"(?=a)b"}""", "#/pattern")]
    [InlineData("""{"pattern":"(a)\\1"}""", "#/pattern")]
    [InlineData("""{"pattern":"a\\b"}""", "#/pattern")]
    [InlineData("""{"pattern":"(^a|b)"}""", "#/pattern")]
    [InlineData("""{"pattern":"a**"}""", "#/pattern")]
    [InlineData("""{"pattern":"[z-a]"}""", "#/pattern")]
    [InlineData("""{"pattern":"a{3,2}"}""", "#/pattern")]
    [InlineData("""{"pattern":"(a"}""", "#/pattern")]
    [InlineData("""{"pattern":"\\"}""", "#/pattern")]
    [InlineData("""{"format":"color"}""", "#/format")]
    [InlineData("""{"type":"strng"}""", "#/type")]
    [InlineData("""{"minimum":1e99}""", "#/minimum")]
    [InlineData("""{"enum":[]}""", "#/enum")]
    [InlineData("""{"enum":[1],"const":1}""", "#/const")]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"integer"}]}""", "#/oneOf")]
    [InlineData("""{"oneOf":[{"properties":{"a":true}},{"properties":{"b":true}}]}""", "#/oneOf")]
    [InlineData("""{"allOf":[{"type":"string"},{"not":{}}]}""", "#/allOf/1/not")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "#")]
    [InlineData("""{"type":"integer","minimum":1,"exclusiveMaximum":1}""", "#")]
    [InlineData("""{"type":"string","pattern":"^a$","format":"date"}""", "#")]
    [InlineData("""{"type":"object","properties":{"next":{"$ref":"#"}},"required":["next"]}""", "#")]
    [InlineData("""{"allOf":[{"enum":[1,2]},{"enum":[3]}]}""", "#")]
    [InlineData("""{"type":"array","prefixItems":[true,false],"minItems":2}""", "#")]
    [InlineData("""{"properties":{"a~/b":{"x":1}}}""", "#/properties/a~0~1b/x")]
    public void Parse_SchemaThatCannotBeHonoured_NamesThePath(string schema, string path) =>
        Assert.Equal(path, Assert.Throws<JsonSchemaException>(() => Parse(schema)).Path);

    [Theory]
    [InlineData("""{"properties":{"a":true},"properties":{"a":true}}""")]
    [InlineData("""{"properties":{"\ud800":true}}""")]
    [InlineData("""{"enum":["\ud800"]}""")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""")]
    [InlineData("""{"minItems":99999999}""")]
    [InlineData("false")]
    [InlineData("""{"type":"string","pattern":"^((((a{1,99}){1,99}){1,99}){1,99})$"}""")]
    [InlineData("""{"type":"string","pattern":"^(a|b)*a(a|b){20}$"}""")]
    public void Grammar_OfAHostileSchema_IsRefused(string schema) =>
        Assert.Throws<JsonSchemaException>(() => Parse(schema).ToGrammar());

    [Fact]
    public void Parse_ChoicesThatMultiply_EndWithARefusal()
    {
        var choice = """{"anyOf":[{"required":["a"]},{"required":["b"]},{"required":["c"]},{"required":["d"]}]}""";
        var parts = string.Join(',', Enumerable.Range(0, 40).Select(i => choice.Replace("\"a\"", $"\"a{i}\"", StringComparison.Ordinal)
            .Replace("\"b\"", $"\"b{i}\"", StringComparison.Ordinal).Replace("\"c\"", $"\"c{i}\"", StringComparison.Ordinal)));
        Assert.Throws<JsonSchemaException>(() => Parse($$"""{"type":"object","allOf":[{{parts}}]}"""));
    }

    [Fact]
    public void Parse_ThousandsOfSchemasInARow_IsNoMatterOfTheStack()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 2000).Select(i => $$"""
            "d{{i}}":{"type":"array","items":{"$ref":"#/$defs/d{{i + 1}}"},"minItems":1}
            """.Trim()));
        var schema = Parse($$"""{"$ref":"#/$defs/d0","$defs":{{{definitions}},"d2000":{"type":"null"} } }""");
        Assert.NotEmpty(schema.ToGrammar());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_RandomKeywordsWithRandomValues_GivesAGrammarOrARefusal(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1500; i++)
        {
            var text = RandomSchema(random, 4);
            try
            {
                Assert.NotEmpty(Parse(text).ToGrammar());
            }
            catch (JsonSchemaException refused)
            {
                Assert.StartsWith("#", refused.Path, StringComparison.Ordinal);
            }
        }
    }

    private static string RandomSchema(Random random, int depth)
    {
        string[] keywords = ["type", "enum", "const", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems",
            "minLength", "maxLength", "pattern", "format", "minimum", "exclusiveMaximum", "anyOf", "oneOf", "allOf", "$ref", "$defs", "title"];
        var text = new StringBuilder("{");
        foreach (var keyword in keywords.OrderBy(_ => random.Next()).Take(random.Next(4)))
            text.Append(text.Length > 1 ? "," : "").Append(JsonSerializer.Serialize(keyword)).Append(':').Append(RandomValue(random, depth));
        return text.Append('}').ToString();
    }

    private static string RandomValue(Random random, int depth) => random.Next(depth > 0 ? 12 : 8) switch
    {
        0 => random.Next(-2, 6).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => "\"string\"",
        3 => "\"#\"",
        4 => "[\"object\",\"array\",\"null\"]",
        5 => JsonSerializer.Serialize(new string([.. Enumerable.Range(0, random.Next(8)).Select(_ => "ab.*+?()[]{}|^$\\-,1d"[random.Next(20)])])),
        6 => "\"date\"",
        7 => "[\"a\",\"b\"]",
        8 => $"[{RandomSchema(random, depth - 1)},{RandomSchema(random, depth - 1)}]",
        9 => $"{{\"a\":{RandomSchema(random, depth - 1)},\"b\":{RandomSchema(random, depth - 1)}}}",
        _ => RandomSchema(random, depth - 1),
    };

    private static JsonSchemaDocument Parse(string schema) => JsonSchemaDocument.Parse(JsonElement.Parse(schema));
}
