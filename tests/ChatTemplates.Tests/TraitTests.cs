namespace LocalAI.Pipeline.ChatTemplates.Tests;

public sealed class TraitTests
{
    [Theory]
    [InlineData("chatml", true, false, false, ToolCallFormat.None)]
    [InlineData("smollm", true, false, false, ToolCallFormat.None)]
    [InlineData("tiny-chat", true, true, true, ToolCallFormat.Hermes)]
    [InlineData("qwen25", true, true, true, ToolCallFormat.Hermes)]
    [InlineData("qwen3", true, true, true, ToolCallFormat.Hermes)]
    [InlineData("hermes", true, true, true, ToolCallFormat.Hermes)]
    [InlineData("llama3", true, true, true, ToolCallFormat.Llama3Json)]
    [InlineData("mistral", true, true, true, ToolCallFormat.Mistral)]
    [InlineData("gemma2", false, false, false, ToolCallFormat.None)]
    [InlineData("gemma3", true, false, false, ToolCallFormat.None)]
    [InlineData("phi3", true, false, false, ToolCallFormat.None)]
    [InlineData("phi4mini", true, true, true, ToolCallFormat.Phi)]
    [InlineData("deepseek", true, false, true, ToolCallFormat.DeepSeek)]
    [InlineData("granite", true, true, true, ToolCallFormat.Granite)]
    [InlineData("command-r", true, true, true, ToolCallFormat.CommandR)]
    [InlineData("gpt-oss", true, true, true, ToolCallFormat.Harmony)]
    public void Traits_OfAFamily_AreFound(string family, bool system, bool tools, bool calls, ToolCallFormat format)
    {
        ChatTemplateTraits traits = Traits(family);
        Assert.Equal((system, tools, calls, format),
            (traits.SupportsSystemRole, traits.SupportsTools, traits.SupportsToolCalls, traits.ToolCallFormat));
    }

    [Fact]
    public void Traits_OfThinkingModels_NameTheSwitchAndTheMarkers()
    {
        Assert.Equal(("enable_thinking", "<think>", "</think>"), Thinking("qwen3"));
        Assert.Equal(("enable_thinking", "<think>", "</think>"), Thinking("tiny-chat"));
        Assert.Equal((null, "<think>", "</think>"), Thinking("deepseek"));
        Assert.Equal(("thinking", null, null), Thinking("granite"));
        Assert.Equal((null, "<|channel|>analysis<|message|>", "<|end|>"), Thinking("gpt-oss"));
        Assert.Equal((null, null, null), Thinking("chatml"));
        Assert.True(Traits("gpt-oss").SupportsReasoningEffort);
        Assert.True(Traits("deepseek").OpensThought("...<think>\n"));
        Assert.False(Traits("deepseek").OpensThought("...<think>\n\n</think>"));
    }

    [Fact]
    public void Traits_OfArguments_TellTextFromObjects()
    {
        Assert.True(Traits("deepseek").RequiresStringArguments);
        Assert.True(Traits("qwen25").RequiresObjectArguments);
        Assert.False(Traits("qwen3").RequiresObjectArguments || Traits("qwen3").RequiresStringArguments);
    }

    [Fact]
    public void Traits_OfContent_TellPartsFromText()
    {
        Assert.True(Traits("gemma3").SupportsContentParts);
        Assert.False(Traits("chatml").SupportsContentParts);
        ChatTemplate partsOnly = ChatTemplate.Parse("{% for m in messages %}{{ m.role }}:{% for p in m.content %}{{ p.text }}{% endfor %}\n{% endfor %}");
        Assert.True(partsOnly.Traits.RequiresContentParts);
    }

    [Fact]
    public void Traits_OfATemplateThatAlwaysFails_AreStillGiven()
    {
        ChatTemplateTraits traits = ChatTemplate.Parse("{{ raise_exception('no') }}{{ tools }}").Traits;
        Assert.False(traits.SupportsSystemRole || traits.SupportsToolCalls);
    }

    private static ChatTemplateTraits Traits(string family) => ChatTemplate.Parse(Conformance.ExpectedOutcomes.Family(family)).Traits;

    private static (string?, string?, string?) Thinking(string family) =>
        (Traits(family).ThinkingSwitch, Traits(family).ThinkStart, Traits(family).ThinkEnd);
}
