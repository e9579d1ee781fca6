using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

public sealed class OutputBoundsTests
{
    [Theory]
    [InlineData("Hermes", "<tool_call>{\"name\":\"")]
    [InlineData("Mistral", "[TOOL_CALLS]")]
    [InlineData("GenericJson", "{\"name\":\"")]
    public void Feed_NameOfTooManyCharacters_IsGivenUpAsText(string format, string opening)
    {
        var parser = new OutputParser(Parsing.Options(Enum.Parse<ToolCallFormat>(format)));
        var raw = opening + new string('a', OutputLimits.ToolName + 1);

        Assert.Equal(raw, parser.Feed(raw).Text);
    }

    [Theory]
    [InlineData("Hermes", "<tool_call>", ' ')]
    [InlineData("Hermes", "<tool_call>{\"arguments\":\"", 'x')]
    [InlineData("Llama3Json", "{\"parameters\":{\"a\":\"", 'x')]
    [InlineData("GenericJson", "{\"tool_calls\":[", '\n')]
    [InlineData("None", "", '\n')]
    public void Feed_MoreHeldBackThanTheBound_IsGivenUpAsText(string format, string opening, char filler)
    {
        var options = Parsing.Options(Enum.Parse<ToolCallFormat>(format));
        var raw = opening + new string(filler, OutputLimits.HeldBack + 10);

        Assert.Equal(raw, new OutputParser(options).Feed(raw).Text);
        Assert.Equal(raw + "<tool_call>", Parsing.Characters(options, raw + "<tool_call>").Text);
    }

    [Fact]
    public void Feed_NewlinesBeyondTheBoundInThought_AreGivenOutDeterministically()
    {
        var options = Parsing.Options(ToolCallFormat.None);
        var raw = $"<think>a{new string('\n', OutputLimits.Newlines + 5)}</think>b";

        Assert.Equal("a\n\n\n\n\n", Parsing.Pieces(options, [raw]).Reasoning);
        Assert.Equal("a\n\n\n\n\n", Parsing.Characters(options, raw).Reasoning);
    }

    [Fact]
    public void Feed_ArgumentsNestedTooDeep_EndWhereTheBoundIs()
    {
        var raw = "<tool_call>{\"name\":\"add\",\"arguments\":{\"a\":" + new string('[', 10_000);

        var result = Parsing.Whole(ToolCallFormat.Hermes, raw);

        Assert.Equal(OutputLimits.JsonDepth - 2, Assert.Single(result.Calls).Arguments.Count(character => character == '['));
    }
}
