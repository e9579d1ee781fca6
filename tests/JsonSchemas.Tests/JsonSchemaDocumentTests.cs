using System.Text.Json;
using LocalAI.Pipeline.Testing.Gbnf;

namespace LocalAI.Pipeline.JsonSchemas.Tests;

public sealed class JsonSchemaDocumentTests
{
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

    [Theory]
    [InlineData("""{"type":"integer","minimum":-3,"maximum":12}""", "-3|0|12", "-4|13|1.5|-0|01")]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMaximum":1.25}""", "0|0.0|1|1.2|1.249999|0.5", "1.25|1.250|-0.1|2|1.3")]
    [InlineData("""{"type":"number","exclusiveMinimum":-0.5,"maximum":-0.25}""", "-0.25|-0.49|-0.250", "-0.5|-0.2|0|-1")]
    [InlineData("""{"type":"string","pattern":"^a+$","maxLength":3}""", "\"a\"|\"aaa\"", "\"\"|\"aaaa\"|\"b\"")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2024-02-29\"|\"1900-02-28\"", "\"1900-02-29\"|\"2023-02-29\"|\"2024-13-01\"")]
    [InlineData("""{"allOf":[{"minimum":1},{"type":"integer"},{"maximum":2}]}""", "1|2", "0|3|1.5|\"1\"")]
    [InlineData("""{"type":["string","null"],"enum":["a",null,3]}""", "\"a\"|null", "3|\"b\"")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"integer"},{"type":"boolean"}],"items":false,"minItems":1}""", "[1]|[1,true]", "[]|[true]|[1,true,2]")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"}},"additionalProperties":{"type":"integer"}}""", """{}|{"a":null}|{"a":null,"b":1}|{"aa":2}""", """{"a":1}|{"b":null}""")]
    [InlineData("""{"type":"object","required":["x"],"properties":{"y":{"type":"null"}}}""", """{"y":null,"x":1}|{"x":[]}""", """{"y":null}""")]
    [InlineData("""{"type":"string","minLength":300,"maxLength":600}""", "", "\"short\"")]
    public void GrammarAndCheck_OfEachKeyword_AgreeOnExamples(string schema, string valid, string invalid)
    {
        var document = Parse(schema);
        var recogniser = new GbnfRecogniser(GbnfGrammar.Parse(document.ToGrammar()));
        Assert.All(valid.Split('|', StringSplitOptions.RemoveEmptyEntries), text =>
        {
            Assert.True(recogniser.Accepts(text), text);
            Assert.Null(document.FirstViolation(JsonElement.Parse(text)));
        });
        Assert.All(invalid.Split('|', StringSplitOptions.RemoveEmptyEntries), text => Assert.False(recogniser.Accepts(text), text));
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, true)]
    [InlineData(555, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void Grammar_OfALongText_CountsItsCharacters(int length, bool accepted)
    {
        var grammar = Parse("""{"type":"string","minLength":300,"maxLength":600}""").ToGrammar();
        Assert.Equal(accepted, new GbnfRecogniser(GbnfGrammar.Parse(grammar)).Accepts($"\"{new string('x', length)}\""));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", true)]
    [InlineData("""{"type":"object"}""", false)]
    [InlineData("""{"type":"object","allOf":[{"properties":{"b":{}}},{"properties":{"a":{}}}]}""", false)]
    public void Validate_Strict_RefusesWhatIsNotDeclared(string schema, bool refused) =>
        Assert.Equal(refused, JsonSchemaDocument.Parse(JsonElement.Parse(schema), strict: true).FirstViolation(JsonElement.Parse("""{"b":1}""")) is not null);

    [Fact]
    public void ParseObject_SchemaThatLeavesTheTypeOpen_TakesObjectsAlone()
    {
        var grammar = JsonSchemaDocument.ParseObject(JsonElement.Parse("""{"properties":{"a":{"type":"null"}}}""")).ToGrammar();
        var recogniser = new GbnfRecogniser(GbnfGrammar.Parse(grammar));
        Assert.True(recogniser.Accepts("""{"a":null}"""));
        Assert.False(recogniser.Accepts("1"));
    }

    [Fact]
    public void AddTextUntil_FirstMarker_EndsTheText()
    {
        var builder = new GrammarBuilder();
        builder.Add("root", builder.AddTextUntil("text", "</think>", ["<x>"], "\"!\""));
        var recogniser = new GbnfRecogniser(GbnfGrammar.Parse(builder.Build()));
        Assert.True(recogniser.Accepts("a<</thin</think>!"));
        Assert.False(recogniser.Accepts("a</think></think>!"));
        Assert.False(recogniser.Accepts("a<x></think>!"));
        Assert.False(recogniser.Accepts("a</think>"));
    }

    private static JsonSchemaDocument Parse(string schema) => JsonSchemaDocument.Parse(JsonElement.Parse(schema));
}
