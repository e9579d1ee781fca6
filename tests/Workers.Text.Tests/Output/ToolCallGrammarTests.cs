using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas;
using LocalAI.Pipeline.Testing.Gbnf;
using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

/// <summary>The calls of a family as its models write them, and what is like them but none.</summary>
public sealed class ToolCallGrammarTests
{
    private const string City = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""";

    [Theory]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"city\": \"Paris\"}}\n</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call>\n<tool_call>{\"name\":\"f\",\"arguments\":{\"city\":\"</tool_call>\"}}</tool_call>")]
    [InlineData("Llama3Json", "{\"name\": \"f\", \"parameters\": {\"city\": \"Paris\"}}")]
    [InlineData("Llama3Json", "{\"type\": \"function\", \"name\": \"g\", \"parameters\": {}}")]
    [InlineData("Llama3Json", "<|python_tag|>{\"name\": \"f\", \"parameters\": {\"city\": \"a\"}}; {\"name\": \"g\", \"parameters\": {}}")]
    [InlineData("Mistral", "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"city\": \"Paris\"}}]")]
    [InlineData("Mistral", "[TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {\"city\": \"]\"}, \"id\": \"abcDEF123\"}, {\"name\": \"g\", \"arguments\": {}}]")]
    [InlineData("Mistral", "[TOOL_CALLS]f{\"city\": \"Paris\"}")]
    [InlineData("Mistral", "[TOOL_CALLS]f[ARGS]{\"city\": \"Paris\"}[TOOL_CALLS]g[ARGS]{}")]
    [InlineData("GenericJson", "{\"name\": \"f\", \"arguments\": {\"city\": \"Paris\"}}")]
    [InlineData("GenericJson", "{\"tool_calls\": [{\"name\": \"f\", \"arguments\": {\"city\": \"Paris\"}}, {\"name\": \"g\", \"arguments\": {}}]}")]
    public void Accepts_CallsAsTheFamilyWritesThem_WhichAreReadAsCalls(string format, string text)
    {
        Assert.True(Recogniser(format).Accepts(text), text);
        var parsed = Parsing.Pieces(Parsing.Options(Enum.Parse<ToolCallFormat>(format)) with { ToolNames = ["f", "g"] }, [text]);
        Assert.Empty(parsed.Text);
        Assert.NotEmpty(parsed.Calls);
    }

    [Theory]
    [InlineData("Hermes", "Text")]
    [InlineData("Hermes", "{\"name\":\"g\",\"arguments\":{}}")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"h\",\"arguments\":{}}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"g\",\"arguments\":{}}")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call> and text")]
    [InlineData("Llama3Json", "Hello <|python_tag|>{\"name\": \"g\", \"parameters\": {}}")]
    [InlineData("Llama3Json", "{\"name\": \"f\", \"parameters\": {\"town\": \"a\"}}")]
    [InlineData("Llama3Json", "{\"name\": \"g\", \"arguments\": {}}")]
    [InlineData("Mistral", "[TOOL_CALLS][]")]
    [InlineData("Mistral", "[TOOL_CALLS]h{}")]
    [InlineData("Mistral", "[TOOL_CALLS]g{} text")]
    [InlineData("GenericJson", "{\"tool_calls\": []}")]
    [InlineData("GenericJson", "{\"name\": \"f\", \"arguments\": {\"city\": 5}}")]
    public void Accepts_WhatIsNoCallOfARequestedFunction_IsFalse(string format, string text) => Assert.False(Recogniser(format).Accepts(text), text);

    private static GbnfRecogniser Recogniser(string format)
    {
        var builder = new GrammarBuilder();
        var calls = ToolCallGrammar.Of(Enum.Parse<ToolCallFormat>(format), [("f", JsonSchemaDocument.Parse(JsonElement.Parse(City))), ("g", JsonSchemaDocument.Parse(JsonElement.Parse("""{"const":{}}""")))], parallel: true);
        builder.Add("root", calls.Add(builder, "calls", isOpened: false));
        return new GbnfRecogniser(GbnfGrammar.Parse(builder.Build()));
    }
}
