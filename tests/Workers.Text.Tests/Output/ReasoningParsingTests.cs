using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

public sealed class ReasoningParsingTests
{
    private static readonly OutputParserOptions NoTools = Parsing.Options(ToolCallFormat.None);

    [Theory]
    [InlineData("<think>\nHm.\n</think>\n\nYes.\n", "Hm.", "Yes.\n")]
    [InlineData("\n<think>Hm.\n\nSo.</think>Yes.", "Hm.\n\nSo.", "Yes.")]
    [InlineData("<think>\n\n</think>\n\n    code", "", "    code")]
    [InlineData("<think>never closed\n", "never closed\n", "")]
    [InlineData("<think>cut </thi", "cut </thi", "")]
    [InlineData("Yes. <think>Hm.</think>No.", "Hm.", "Yes. No.")]
    [InlineData("no thought</think>\nhere", "", "no thoughthere")]
    [InlineData("a < b, <thin", "", "a < b, <thin")]
    [InlineData("<<think>x<</think>>", "x<", "<>")]
    [InlineData("  \n", "", "  \n")]
    public void Feed_ReasoningMarkers_PartsThoughtsFromText(string raw, string reasoning, string text)
    {
        foreach (var result in new[] { Parsing.Pieces(NoTools, [raw]), Parsing.Characters(NoTools, raw) })
            Assert.Equal((reasoning, text), (result.Reasoning, result.Text));
    }

    [Fact]
    public void Feed_PromptOpenedTheThought_StartsInReasoning()
    {
        var parser = new OutputParser(NoTools with { StartsInReasoning = true });
        var result = new Parsing();

        Assert.True(parser.IsReasoning);
        result.Add(parser.Feed("<think>\nHm.</thi"));
        Assert.True(parser.IsReasoning);
        result.Add(parser.Feed("nk>\nYes."));
        Assert.False(parser.IsReasoning);

        Assert.Equal(("Hm.", "Yes."), (result.Reasoning, result.Text));
    }

    [Fact]
    public void Feed_OtherMarkers_AreFollowed()
    {
        var options = NoTools with { ReasoningStart = "[THINK]", ReasoningEnd = "[/THINK]" };

        var result = Parsing.Characters(options, "[THINK]a <think>[/THINK]b[THI");

        Assert.Equal(("a <think>", "b[THI"), (result.Reasoning, result.Text));
    }

    [Fact]
    public void Feed_CallInsideThought_StaysReasoning()
    {
        var result = Parsing.Whole(ToolCallFormat.Hermes, "<think><tool_call>{\"name\":\"add\",\"arguments\":{}}</tool_call></think>");

        Assert.Empty(result.Calls);
        Assert.StartsWith("<tool_call>", result.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void Feed_NoMarkersConfigured_ReturnsTheSameStringWithoutAllocating()
    {
        var parser = new OutputParser(NoTools with { ReasoningStart = null, ReasoningEnd = null });
        var piece = new string("a <think> b".AsSpan());
        parser.Feed(piece);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var output = parser.Feed(piece);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Same(piece, output.Text);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Feed_PlainTextAfterTheStart_ReturnsTheSameString()
    {
        var parser = new OutputParser(Parsing.Options(ToolCallFormat.Hermes));
        parser.Feed("Hello");
        var piece = new string(" world".AsSpan());

        Assert.Same(piece, parser.Feed(piece).Text);
    }
}
