using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

public sealed class ToolCallParsingTests
{
    private const string Paris = """{"city": "Paris"}""";

    [Theory]
    [InlineData("<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}\n</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}</tool_call>")]
    [InlineData("\n\n<tool_call>\n{\"arguments\": {\"city\": \"Paris\"}, \"name\": \"get_weather\"}\n</tool_call>\n")]
    [InlineData("<tool_call>{\"name\": \"get_weather\", \"arguments\": \"{\\\"city\\\": \\\"Paris\\\"}\"}</tool_call>")]
    [InlineData("<tool_call>{\"id\": 7, \"x\": {\"name\": \"no\"}, \"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}, \"y\": null}")]
    [InlineData("<think>\nI call.\n</think>\n\n<tool_call>{\"name\":\"get_weather\",\"arguments\":{\"city\": \"Paris\"}}</tool_")]
    public void Feed_HermesCall_GivesCallAndNoText(string raw) => AssertParis(ToolCallFormat.Hermes, raw);

    [Theory]
    [InlineData("{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Paris\"}}")]
    [InlineData("\n{\"type\": \"function\", \"name\": \"get_weather\", \"parameters\": {\"city\": \"Paris\"}};\n")]
    [InlineData("<|python_tag|>{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Paris\"}}")]
    public void Feed_LlamaCall_GivesCallAndNoText(string raw) => AssertParis(ToolCallFormat.Llama3Json, raw);

    [Theory]
    [InlineData("[TOOL_CALLS][{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}]")]
    [InlineData("[TOOL_CALLS] [{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}, \"id\": \"abcdefghi\"} ] ")]
    [InlineData("[TOOL_CALLS]{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}")]
    [InlineData("[TOOL_CALLS]get_weather{\"city\": \"Paris\"}")]
    [InlineData("[TOOL_CALLS]get_weather[ARGS]{\"city\": \"Paris\"}")]
    [InlineData("[TOOL_CALLS]get_weather[CALL_ID]a1B2c3D4e[ARGS]{\"city\": \"Paris\"}")]
    public void Feed_MistralCall_GivesCallAndNoText(string raw) => AssertParis(ToolCallFormat.Mistral, raw);

    [Theory]
    [InlineData("{\"tool_calls\":[{\"name\":\"get_weather\",\"arguments\":{\"city\": \"Paris\"}}]}")]
    [InlineData("{ \"tool_calls\" : [ {\"name\":\"get_weather\",\"arguments\":{\"city\": \"Paris\"}} ] }\n")]
    [InlineData("{\"name\":\"get_weather\",\"arguments\":{\"city\": \"Paris\"}}")]
    public void Feed_GenericCall_GivesCallAndNoText(string raw) => AssertParis(ToolCallFormat.GenericJson, raw);

    [Theory]
    [InlineData("Hermes", "<tool_call>{\"name\":\"add\",\"arguments\":{\"a\":1}}</tool_call>\n<tool_call>\n{\"name\":\"add\",\"arguments\":{\"a\":2}}\n</tool_call>")]
    [InlineData("Llama3Json", "{\"name\":\"add\",\"parameters\":{\"a\":1}}; {\"name\":\"add\",\"parameters\":{\"a\":2}}")]
    [InlineData("Llama3Json", "<|python_tag|>{\"name\":\"add\",\"parameters\":{\"a\":1}}\n{\"name\":\"add\",\"parameters\":{\"a\":2}}")]
    [InlineData("Mistral", "[TOOL_CALLS][{\"name\":\"add\",\"arguments\":{\"a\":1}}, {\"name\":\"add\",\"arguments\":{\"a\":2}}]")]
    [InlineData("Mistral", "[TOOL_CALLS]add[ARGS]{\"a\":1}[TOOL_CALLS]add{\"a\":2}")]
    [InlineData("GenericJson", "{\"tool_calls\":[{\"name\":\"add\",\"arguments\":{\"a\":1}},{\"name\":\"add\",\"arguments\":{\"a\":2}}]}")]
    public void Feed_SeveralCalls_GivesEachWithItsOwnId(string format, string raw)
    {
        var result = Parsing.Characters(Parsing.Options(Enum.Parse<ToolCallFormat>(format)), raw);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], result.Calls.Select(call => call.Arguments));
        Assert.Equal(2, result.Calls.Select(call => call.Id).Distinct().Count());
        Assert.Equal("", result.Text);
    }

    [Theory]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"unknown\", \"arguments\": {}}\n</tool_call>")]
    [InlineData("Hermes", "Write <tool_call> and then { or <tool_call>{\"name\": get_weather}")]
    [InlineData("Hermes", "<tool_call>{\"arguments\": {\"a\": [1, }}, \"name\": \"add\"}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"arguments\": {\"a\": 1}")]
    [InlineData("Hermes", "<tool_call>{\"arguments\": {\"a\": tru}, \"name\": \"add\"}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"arguments\": {\"a\": 01}, \"name\": \"add\"}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"arguments\": {\"a\": 1.}, \"name\": \"add\"}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"arguments\": {\"a\": \"\\x\"}, \"name\": \"add\"}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"name\": \"add\", \"arguments\": 3}</tool_call>")]
    [InlineData("Hermes", "1 < 2 and <tool> and <tool_cal")]
    [InlineData("Llama3Json", "{\"name\": \"Bob\", \"age\": 3}")]
    [InlineData("Llama3Json", "Sure: {\"name\": \"add\", \"parameters\": {}}")]
    [InlineData("Llama3Json", "<|python_tag|>print({\"name\": 1})")]
    [InlineData("Mistral", "[TOOL_CALLS] [] and [TOOL_CALLS]unknown{\"a\":1}")]
    [InlineData("Mistral", "[TOOL_CALLS]get_weather[ARRGS]{\"a\":1}")]
    [InlineData("Mistral", "[TOOL_CALLS]get_ weather{\"a\":1}")]
    [InlineData("GenericJson", "{\"tool_calls\":[]}")]
    [InlineData("GenericJson", "{\"tool_calls\":[{\"name\":\"unknown\",\"arguments\":{}}]}")]
    [InlineData("GenericJson", "{\"tool_cabin\":[{\"name\":\"add\",\"arguments\":{}}]}")]
    [InlineData("GenericJson", "{{\"name\":\"add\",\"arguments\":{}}")]
    public void Feed_WhatOnlyLooksLikeCall_IsTextAndWhole(string format, string raw)
    {
        var result = Parsing.Characters(Parsing.Options(Enum.Parse<ToolCallFormat>(format)), raw);

        Assert.Equal(raw, result.Text);
        Assert.Empty(result.Calls);
    }

    [Fact]
    public void Feed_TextAroundCalls_StaysAndWhitespaceBetweenCallsGoes()
    {
        const string call = "<tool_call>{\"name\":\"add\",\"arguments\":{}}</tool_call>";

        var result = Parsing.Whole(ToolCallFormat.Hermes, $"Before. {call}\n\n{call}\n\nAfter.");

        Assert.Equal("Before. \n\nAfter.", result.Text);
        Assert.Equal(2, result.Calls.Count);
    }

    [Fact]
    public void Feed_ArgumentsInPieces_PassesThemOnAtOnce()
    {
        var parser = new OutputParser(Parsing.Options(ToolCallFormat.Hermes));
        parser.Feed("<tool_call>{\"name\": \"get_weather\", \"arg");

        var first = Assert.Single(parser.Feed("uments\": {\"ci").ToolCalls);
        var second = Assert.Single(parser.Feed("ty\": \"Pa").ToolCalls);

        Assert.Equal(("get_weather", "{\"ci"), (first.Name, first.Arguments));
        Assert.Equal((null, null, "ty\": \"Pa"), (second.Id, second.Name, second.Arguments));
    }

    [Fact]
    public void Feed_ArgumentsBeforeTheName_WaitForTheNameOnly()
    {
        var parser = new OutputParser(Parsing.Options(ToolCallFormat.Hermes));

        var before = parser.Feed("<tool_call>{\"arguments\": {\"a\": 1}, \"name\": \"add");
        var after = parser.Feed("\"");

        Assert.True(before.IsEmpty);
        var call = Assert.Single(after.ToolCalls);
        Assert.Equal(("add", "{\"a\": 1}"), (call.Name, call.Arguments));
    }

    [Fact]
    public void Feed_SecondCallOfAListIsUnknown_GivesTheFirstAndTheRestAsText()
    {
        var result = Parsing.Whole(ToolCallFormat.Mistral, "[TOOL_CALLS][{\"name\":\"add\",\"arguments\":{}}, {\"name\":\"unknown\",\"arguments\":{}}]");

        Assert.Equal("add", Assert.Single(result.Calls).Name);
        Assert.Equal("{\"name\":\"unknown\",\"arguments\":{}}]", result.Text);
    }

    [Fact]
    public void Feed_ArgumentsThatBreakWhileTheyStream_EndAsTheyAre()
    {
        var result = Parsing.Whole(ToolCallFormat.Hermes, "<tool_call>{\"name\":\"add\",\"arguments\":{\"a\": 1] and so on");

        Assert.Equal("{\"a\": 1", Assert.Single(result.Calls).Arguments);
        Assert.Equal("] and so on", result.Text);
    }

    [Theory]
    [InlineData("{\"name\":\"add\"}", "{}")]
    [InlineData("{\"name\":\"add\",\"arguments\":null}", "{}")]
    [InlineData("{\"name\":\"add\",\"arguments\":\"\"}", "{}")]
    [InlineData("{\"arguments\":{\"n\":-0.5e+3},\"name\":\"a\\u0064d\"}", "{\"n\":-0.5e+3}")]
    [InlineData("{\"name\":\"add\",\"arguments\":{\"s\":\"a\nb\"}}", "{\"s\":\"a\\u000ab\"}")]
    [InlineData("{\"name\":\"add\",\"arguments\":\"\\ud83d\\ude00\\ud83d!\"}", "\U0001F600\uFFFD!")]
    [InlineData("{\"name\":\"add\",\"arguments\":{\"s\":\"}</tool_call>\\\"<think>\"}}", "{\"s\":\"}</tool_call>\\\"<think>\"}")]
    public void Feed_OddArguments_GivesWhatClientsCanRead(string call, string arguments)
    {
        var result = Parsing.Characters(Parsing.Options(ToolCallFormat.Hermes), $"<tool_call>{call}</tool_call>");

        Assert.Equal(arguments, Assert.Single(result.Calls).Arguments);
        Assert.Equal("", result.Text);
    }

    private static void AssertParis(ToolCallFormat format, string raw)
    {
        foreach (var result in new[] { Parsing.Whole(format, raw), Parsing.Characters(Parsing.Options(format), raw) })
        {
            var (id, name, arguments) = Assert.Single(result.Calls);
            Assert.Equal(("get_weather", Paris), (name, arguments));
            Assert.Matches("^call_[0-9A-Za-z]{24}$", id);
            Assert.Equal("", result.Text);
        }
    }
}
