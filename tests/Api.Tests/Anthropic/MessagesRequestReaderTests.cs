using System.Text;
using LocalAI.Pipeline.Api.Anthropic;
using LocalAI.Pipeline.Api.Anthropic.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tests.Anthropic;

public sealed class MessagesRequestReaderTests
{
    private const string Hi = "\"max_tokens\":4000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private const string Tools = "\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"},\"strict\":true,\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"custom\",\"name\":\"g\",\"input_schema\":{}}]";

    public static TheoryData<string, string, string?> Bad => BadMessagesRequests.All;

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_BadRequest_IsRefusedByField(string body, string code, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, code, param), (error.Status, error.Code, error.Parameter));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Conversation_BecomesNeutralMessages()
    {
        var messages = Read(
            """
            {"max_tokens":9,"system":[{"type":"text","text":"s1","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"s2"}],"messages":[
              {"role":"user","content":"u1"},
              {"role":"user","content":[{"type":"text","text":"u2","citations":null},{"type":"text","text":"u3"}]},
              {"role":"assistant","content":[{"type":"thinking","thinking":"t1","signature":"x"},{"type":"redacted_thinking","data":"y"},{"type":"text","text":"a1"},
                {"type":"tool_use","id":"c1","name":"f","input":{"a":[1, 2]},"caller":{"type":"direct"}},{"type":"tool_use","id":"c2","name":"g","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"r1"},{"type":"tool_result","tool_use_id":"c2","is_error":true,"content":[{"type":"text","text":"r2"},{"type":"text","text":"r3"}]},{"type":"text","text":"u4"}]},
              {"role":"system","content":"s3"},
              {"role":"assistant","content":""}
            ]}
            """).Prompt.Messages;

        Assert.Equal(
            [(ChatRole.System, "s1\ns2"), (ChatRole.User, "u1\nu2\nu3"), (ChatRole.Assistant, "a1"), (ChatRole.Tool, "r1"), (ChatRole.Tool, "Error: r2\nr3"), (ChatRole.User, "u4"), (ChatRole.System, "s3"), (ChatRole.Assistant, "")],
            messages.Select(message => (message.Role, message.Content)));
        Assert.Equal("t1", messages[2].Reasoning);
        Assert.Equal([new ToolCall { Id = "c1", Name = "f", Arguments = "{\"a\":[1, 2]}" }, new ToolCall { Id = "c2", Name = "g", Arguments = "{}" }], messages[2].ToolCalls!);
        Assert.Equal(("c1", "f"), (messages[3].ToolCallId, messages[3].Name));
        Assert.Equal(("c2", "g"), (messages[4].ToolCallId, messages[4].Name));
    }

    [Theory]
    [InlineData("{\"role\":\"assistant\",\"content\":\"Once\"}", true)]
    [InlineData("{\"role\":\"assistant\",\"content\":[]}", true)]
    [InlineData("{\"role\":\"assistant\",\"content\":[{\"type\":\"redacted_thinking\",\"data\":\"x\"}]}", true)]
    [InlineData("{\"role\":\"user\",\"content\":\"Once\"}", false)]
    public void Read_AssistantLast_IsContinued(string last, bool isContinued) =>
        Assert.Equal(isContinued, Read($$"""{"max_tokens":9,"messages":[{{last}}]}""").Prompt.ContinueFinalMessage);

    [Fact]
    public void Read_Limits_KeepsEachValue()
    {
        var request = Read($$"""{{{Hi}},"model":"m","temperature":0.5,"top_p":0.25,"top_k":7,"stop_sequences":["a","b"],"stream":true}""");

        Assert.Equal(("m", 4000, true), (request.Prompt.Model, request.MaxTokens, request.Stream));
        Assert.Equal(new SamplingSettings { Temperature = 0.5f, TopP = 0.25f, TopK = 7 }, request.Sampling);
        Assert.Equal(["a", "b"], request.StopSequences!);
        Assert.Equal((null, false), (request.Prompt.Output, Read($$"""{{{Hi}}}""").Stream));
    }

    [Fact]
    public void Read_FieldsThatMakeNoDifference_AreTaken() =>
        Read($$$"""
            {{{{Hi}}},"metadata":{"user_id":"u"},"service_tier":"auto","cache_control":{"type":"ephemeral"},"speed":"standard","thread":null,"mcp_servers":[],"container":null,
            "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]}}
            """);

    [Theory]
    [InlineData("", null, null)]
    [InlineData(",\"thinking\":{\"type\":\"disabled\"}", "none", null)]
    [InlineData(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}", "low", null)]
    [InlineData(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},\"output_config\":{\"effort\":\"max\"}", "high", null)]
    [InlineData(",\"thinking\":{\"type\":\"adaptive\"}", null, "{\"enable_thinking\":true}")]
    [InlineData(",\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"medium\"}", "medium", null)]
    [InlineData(",\"output_config\":{\"effort\":\"low\"}", null, "{\"reasoning_effort\":\"low\"}")]
    public void Read_Thinking_BecomesTheTemplatesSwitch(string fields, string? effort, string? arguments)
    {
        var thinking = Read($$"""{{{Hi}}{{fields}}}""").Prompt.Thinking;

        Assert.Equal((effort, arguments, false), (thinking.Effort, thinking.TemplateArguments, thinking.IsOmitted));
    }

    [Theory]
    [InlineData(4095, "low")]
    [InlineData(4096, "medium")]
    [InlineData(16384, "high")]
    public void Read_Budget_ChoosesAnEffort(int budget, string effort) =>
        Assert.Equal(effort, Read($$$"""{"max_tokens":99999,"messages":[{"role":"user","content":"hi"}],"thinking":{"type":"enabled","budget_tokens":{{{budget}}},"display":"omitted"}}""").Prompt.Thinking is { IsOmitted: true } thinking ? thinking.Effort : null);

    [Theory]
    [InlineData("", null, null, true)]
    [InlineData(",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}", ToolChoiceMode.Auto, null, false)]
    [InlineData(",\"tool_choice\":{\"type\":\"any\"}", ToolChoiceMode.Required, null, true)]
    [InlineData(",\"tool_choice\":{\"type\":\"tool\",\"name\":\"g\"}", ToolChoiceMode.Required, "g", true)]
    [InlineData(",\"tool_choice\":{\"type\":\"none\"}", ToolChoiceMode.None, null, true)]
    public void Read_ToolChoice_OfAllKinds(string choice, ToolChoiceMode? mode, string? allowed, bool isParallel)
    {
        var prompt = Read($$"""{{{Hi}},{{Tools}}{{choice}}}""").Prompt;

        Assert.Equal(new ToolDefinition { Name = "f", Description = "d", Parameters = """{"type":"object"}""", Strict = true }, prompt.Tools![0]);
        Assert.Equal((mode, allowed, isParallel), (prompt.ToolChoice?.Mode, prompt.ToolChoice?.Allowed?.Single(), prompt.ToolChoice?.Parallel ?? true));
    }

    [Theory]
    [InlineData("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}")]
    [InlineData("\"output_format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}")]
    public void Read_FormOfTheAnswer_UnderBothNames(string field) =>
        Assert.Equal(new OutputFormat { Kind = OutputKind.JsonSchema, Schema = """{"type":"object"}""", Strict = true }, Read($$"""{{{Hi}},{{field}}}""").Prompt.Output);

    [Fact]
    public void ReadAlone_WhatOnlyAnAnswerNeeds_IsUnknown()
    {
        using var body = JsonBody.Parse(Encoding.UTF8.GetBytes($$"""{{{Hi}}}"""), new RequestOptions());

        Assert.Equal("max_tokens", Assert.Throws<ApiException>(() => PromptRequestReader.ReadAlone(body.Root)).Error.Parameter);
    }

    internal static MessagesRequest Read(string json)
    {
        using var body = JsonBody.Parse(Encoding.UTF8.GetBytes(json), new RequestOptions());
        return MessagesRequestReader.Read(body.Root);
    }
}
