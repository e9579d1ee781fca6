using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas.Tests;

public sealed class JsonSchemaDocumentTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"patternProperties":{}}}}""", "#/properties/a/patternProperties")]
    [InlineData("""{"$ref":"#"}""", "#/$ref")]
    [InlineData("""{"type":"integer","multipleOf":2}""", "#/multipleOf")]
    public void Parse_SchemaThatCannotBeHonoured_NamesThePath(string schema, string path) =>
        Assert.Equal(path, Assert.Throws<JsonSchemaException>(() => Parse(schema)).Path);

    [Theory]
    [InlineData("""{"a":"xy","b":[1]}""", null)]
    [InlineData("""{"b":[1]}""", "required")]
    [InlineData("""{"a":"x"}""", "minLength")]
    [InlineData("""{"a":"xy","c":1}""", "additionalProperties")]
    [InlineData("""{"a":"xy","b":[1.5]}""", "type")]
    public void Validate_Instance_NamesTheBrokenKeyword(string instance, string? keyword)
    {
        var schema = Parse("""{"type":"object","properties":{"a":{"type":"string","minLength":2},"b":{"type":"array","items":{"type":"integer"}}},"required":["a"],"additionalProperties":false}""");
        Assert.Equal(keyword, schema.Validate(JsonElement.Parse(instance)) is [var found, ..] ? found.Keyword : null);
    }

    [Theory]
    [InlineData("""{"properties":{"a":true},"properties":{"a":true}}""")]
    [InlineData("""{"properties":{"\ud800":true}}""")]
    [InlineData("""{"enum":["\ud800"]}""")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""")]
    [InlineData("""{"minItems":99999999}""")]
    [InlineData("false")]
    public void Parse_HostileSchema_IsRefused(string schema) =>
        Assert.Throws<JsonSchemaException>(() => Parse(schema));

    [Fact]
    public void Validate_AlternativesThatMultiply_EndsWithAViolation()
    {
        var schema = Parse("""{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"type":"array","minItems":1,"items":{"$ref":"#"}}]}""");
        Assert.NotEmpty(schema.Validate(JsonElement.Parse(new string('[', 60) + "1" + new string(']', 60))));
    }

    [Fact]
    public void ToGrammar_RecursiveSchema_NamesEachNodeOnce()
    {
        var grammar = Parse("""{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}""").ToGrammar(new GrammarOptions { Whitespace = JsonWhitespace.Compact });
        Assert.Equal("root-2 ::= \"\\\"next\\\":\" root-1 | \"\"\nroot-3 ::= \",\" \"\\\"next\\\":\" root-1 | \"\"\nroot-1 ::= \"{\" root-2 \"}\"\nroot ::= root-1\n", grammar);
    }

    private static JsonSchemaDocument Parse(string schema) => JsonSchemaDocument.Parse(JsonElement.Parse(schema));
}
