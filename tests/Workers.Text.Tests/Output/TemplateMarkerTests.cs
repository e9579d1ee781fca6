using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

public sealed class TemplateMarkerTests
{
    [Theory]
    [InlineData("{%- if tools %}<tool_call>{% endif %}", "Hermes")]
    [InlineData("{{ '[TOOL_CALLS]' }}", "Mistral")]
    [InlineData("{{ '<|python_tag|>' }}", "Llama3Json")]
    [InlineData("<|start_header_id|>{{ '\"parameters\": ' }}", "Llama3Json")]
    [InlineData("{{ '\"parameters\": ' }}", "GenericJson")]
    [InlineData("{{ messages }}", "GenericJson")]
    public void FromTemplate_ItsMarkers_TellTheToolFormat(string template, string format) =>
        Assert.Equal(Enum.Parse<ToolCallFormat>(format), ToolFormatDetection.FromTemplate(template));

    [Theory]
    [InlineData("{{ '<think>' }}", "<think>", "</think>")]
    [InlineData("{{ content.split('</think>')[-1] }}", "<think>", "</think>")]
    [InlineData("[THINK]", "[THINK]", "[/THINK]")]
    [InlineData("<|START_THINKING|>", "<|START_THINKING|>", "<|END_THINKING|>")]
    public void FromTemplate_ItsMarkers_TellTheReasoningMarkers(string template, string start, string end) =>
        Assert.Equal((start, end), ReasoningMarkers.FromTemplate(template));

    [Fact]
    public void FromTemplate_NoThoughts_GivesNoMarkers() => Assert.Null(ReasoningMarkers.FromTemplate("{{ messages }}"));

    [Fact]
    public void For_SameJobAndIndex_GivesTheSameIdAlways()
    {
        Assert.Equal(ToolCallId.For(Parsing.Job, 0), ToolCallId.For(Parsing.Job, 0));
        Assert.NotEqual(ToolCallId.For(Parsing.Job, 0), ToolCallId.For(Parsing.Job, 1));
        Assert.NotEqual(ToolCallId.For(Parsing.Job, 0), ToolCallId.For(Guid.Empty, 0));
    }
}
