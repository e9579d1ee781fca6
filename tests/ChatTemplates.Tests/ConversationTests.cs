using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.Tests;

public sealed class ConversationTests
{
    private const string Call = """[{"role":"user","content":"Q"},{"role":"assistant","content":null,"tool_calls":[{"id":"call00001","type":"function","function":{"name":"f","arguments":"{\"x\": 1}"}}]},{"role":"tool","tool_call_id":"call00001","content":"ok"}]""";
    private const string Tools = """[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{}}}}]""";

    [Fact]
    public void Render_SystemWithoutSystemRole_GoesInFrontOfTheFirstUserMessage()
    {
        string text = Render("gemma2", """[{"role":"system","content":"Be nice."},{"role":"user","content":"Hi"}]""");
        Assert.Equal("<start_of_turn>user\nBe nice.\n\nHi<end_of_turn>\n<start_of_turn>model\n", text);
    }

    [Fact]
    public void Render_ToolsWithoutToolSupport_AreToldInTheSystemMessage()
    {
        string text = Render("chatml", """[{"role":"user","content":"Hi"}]""", Tools);
        Assert.StartsWith("<|im_start|>system\nYou can call these tools:\n{\"type\": \"function\"", text, StringComparison.Ordinal);
        Assert.Contains("{\"tool_calls\": [{\"name\":", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_CallsWithoutCallSupport_BecomeJsonText()
    {
        string text = Render("chatml", Call);
        Assert.Contains("assistant\n{\"tool_calls\": [{\"name\": \"f\", \"arguments\": {\"x\": 1}}]}<|im_end|>", text, StringComparison.Ordinal);
        Assert.Contains("user\n{\"tool_response\": {\"content\": \"ok\"}}<|im_end|>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen25", "\"arguments\": {\"x\": 1}}")]
    [InlineData("qwen3", "\"arguments\": {\"x\": 1}}")]
    [InlineData("tiny-chat", "\"arguments\": {\"x\": 1}}")]
    [InlineData("llama3", "\"parameters\": {\"x\": 1}}")]
    [InlineData("mistral", "\"arguments\": {\"x\": 1}, \"id\": \"call00001\"")]
    [InlineData("deepseek", "```json\n{\"x\": 1}\n```")]
    [InlineData("command-r", "\"x\": 1")]
    public void Render_CallAsOpenAISendsIt_ShowsItsArgumentsOnce(string family, string expected) =>
        Assert.Contains(expected, Render(family, Call, Tools), StringComparison.Ordinal);

    [Fact]
    public void Render_ToolsThatNeedASystemMessage_GetAnEmptyOne() =>
        Assert.StartsWith("<|system|><|tool|>[{\"type\": \"function\"", Render("phi4mini", """[{"role":"user","content":"Hi"}]""", Tools), StringComparison.Ordinal);

    [Fact]
    public void Render_PartsForATextTemplate_AreJoined() =>
        Assert.Contains("user\nab<|im_end|>", Render("chatml", """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("chatml", "Once upon ", "<|im_start|>assistant\nOnce upon ")]
    [InlineData("smollm", "Once upon ", "<|im_start|>assistant\nOnce upon")]
    [InlineData("chatml", "", "<|im_start|>assistant\n")]
    [InlineData("gemma3", "Once", "<start_of_turn>model\nOnce")]
    [InlineData("llama3", "Hi", "<|start_header_id|>assistant<|end_header_id|>\n\nHi")]
    public void Render_ContinuingTheFinalMessage_EndsRightAfterItsContent(string family, string content, string end)
    {
        JsonArray messages = [new JsonObject { ["role"] = "user", ["content"] = "Tell" }, new JsonObject { ["role"] = "assistant", ["content"] = content }];
        string text = ChatTemplate.Parse(Conformance.ExpectedOutcomes.Family(family)).Render(
            new ChatTemplateInput { Messages = messages, ContinueFinalMessage = true }, TestContext.Current.CancellationToken);
        Assert.EndsWith(end, text, StringComparison.Ordinal);
        Assert.Equal(content, (string?)messages[1]!["content"]);
    }

    [Fact]
    public void Render_TemplateRefuses_CarriesItsOwnWords()
    {
        ChatTemplateException fault = Assert.Throws<ChatTemplateException>(() =>
            Render("mistral", """[{"role":"user","content":"A"},{"role":"user","content":"B"}]"""));
        Assert.True(fault.IsRaised);
        Assert.StartsWith("After the optional system message", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Arguments_AreVariablesButNotTheConversation()
    {
        ChatTemplate template = ChatTemplate.Parse("{{ extra }}{{ messages | length }}");
        ChatTemplateInput input = new() { Messages = [new JsonObject { ["role"] = "user", ["content"] = "Hi" }] };
        Assert.Equal("51", template.Render(input with { Arguments = new JsonObject { ["extra"] = 5 } }, TestContext.Current.CancellationToken));
        Assert.Throws<ChatTemplateException>(() => template.Render(
            input with { Arguments = new JsonObject { ["messages"] = 5 } }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"a","content":"b"}]""")]
    [InlineData("""[{"role":"user","content":"\ud800"}]""")]
    public void Render_MessagesThatJsonReadsLateAndRefuses_AreTheCallersFault(string messages) =>
        Assert.True(Assert.Throws<ChatTemplateException>(() => Render("chatml", messages)).IsRaised);

    [Fact]
    public void Parse_SyntaxError_TellsLineAndColumn()
    {
        ChatTemplateException fault = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("a\n{% if x %}\n  {{ 1 + }}"));
        Assert.Equal((3, 10), (fault.Line, fault.Column));
    }

    [Fact]
    public void Render_StrftimeNow_FormatsTheGivenTime()
    {
        ChatTemplate template = ChatTemplate.Parse("{{ strftime_now('%d %b %Y %H:%M:%S %j %A %-d %y %I%p %% %B %e') }}");
        ChatTemplateInput input = new() { Messages = [], Now = Conformance.ExpectedOutcomes.Now };
        Assert.Equal("09 Mar 2025 07:05:03 068 Sunday 9 25 07AM % March  9", template.Render(input, TestContext.Current.CancellationToken));
    }

    private static string Render(string family, string messages, string? tools = null) =>
        ChatTemplate.Parse(Conformance.ExpectedOutcomes.Family(family)).Render(new ChatTemplateInput
        {
            Messages = JsonNode.Parse(messages)!.AsArray(), Tools = tools is null ? null : JsonNode.Parse(tools)!.AsArray(), Now = Conformance.ExpectedOutcomes.Now,
        }, TestContext.Current.CancellationToken);
}
