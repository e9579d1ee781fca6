using System.Text;
using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tests.Chat;

public sealed class ChatRequestReaderTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    public static TheoryData<string, string, string?> Bad => BadChatRequests.All;

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_BadRequest_IsRefusedByField(string body, string code, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, code), (error.Status, error.Code));
        if (code != "json_too_deep")
        {
            Assert.Equal(param, error.Parameter);
        }

        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8_SaysWhichByte()
    {
        var error = Assert.Throws<ApiException>(() => JsonBody.Parse("{\"a\":\"\xC3\xA9"u8.ToArray().Concat(new byte[] { 0xFF, 0x22, 0x7D }).ToArray(), new RequestOptions())).Error;

        Assert.Equal("invalid_utf8", error.Code);
        Assert.Contains("bytes at 10 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Messages_OfAllRoles()
    {
        var messages = Read(
            """
            {"messages":[
              {"role":"system","content":"s"},
              {"role":"developer","content":[{"type":"text","text":"d1"},{"type":"text","text":"d2"}]},
              {"role":"user","content":"u","name":"bob"},
              {"role":"assistant","content":null,"reasoning_content":"r","tool_calls":[{"id":"c1","index":0,"type":"function","function":{"name":"f","arguments":"{}"}}],"refusal":null,"annotations":[],"audio":null},
              {"role":"tool","content":"t","tool_call_id":"c1"},
              {"role":"assistant","function_call":{"name":"g","arguments":"{}"}},
              {"role":"function","name":"g","content":"x"}
            ]}
            """).Messages;

        Assert.Equal([ChatRole.System, ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.Tool], messages.Select(message => message.Role));
        Assert.Equal(["s", "d1\nd2", "u", "", "t", "", "x"], messages.Select(message => message.Content));
        Assert.Equal("bob", messages[2].Name);
        Assert.Equal("r", messages[3].Reasoning);
        Assert.Equal(new ToolCall { Id = "c1", Name = "f", Arguments = "{}" }, Assert.Single(messages[3].ToolCalls!));
        Assert.Equal("c1", messages[4].ToolCallId);
        Assert.Equal(("g", "g"), (Assert.Single(messages[5].ToolCalls!).Id, messages[6].ToolCallId));
    }

    [Fact]
    public void Read_Sampling_KeepsEachValue()
    {
        var sampling = Read($$"""
            {{{Hi}},"temperature":0.1,"top_p":0.2,"top_k":-1,"min_p":0.3,"typical_p":0.4,"repeat_penalty":1.1,"repeat_last_n":-1,"presence_penalty":0.5,
            "frequency_penalty":-0.5,"mirostat":2,"mirostat_tau":5,"mirostat_eta":0.6,"xtc_probability":0.7,"xtc_threshold":0.8,"dry_multiplier":0.9,
            "dry_base":1.75,"dry_allowed_length":2,"dry_penalty_last_n":-1,"top_n_sigma":1.5,"dynatemp_range":0.25,"dynatemp_exponent":2,"seed":42}
            """).Sampling;

        Assert.Equal(
            new SamplingSettings
            {
                Temperature = 0.1f, TopP = 0.2f, TopK = 0, MinP = 0.3f, TypicalP = 0.4f, RepeatPenalty = 1.1f, RepeatLastN = -1, PresencePenalty = 0.5f,
                FrequencyPenalty = -0.5f, Mirostat = 2, MirostatTau = 5, MirostatEta = 0.6f, XtcProbability = 0.7f, XtcThreshold = 0.8f, DryMultiplier = 0.9f,
                DryBase = 1.75f, DryAllowedLength = 2, DryPenaltyLastN = -1, TopNSigma = 1.5f, DynatempRange = 0.25f, DynatempExponent = 2, Seed = 42,
            },
            sampling);
        Assert.Equal(new SamplingSettings(), Read($$"""{{{Hi}},"seed":-1,"temperature":null}""").Sampling);
    }

    [Fact]
    public void Read_Limits_KeepsEachValue()
    {
        var request = Read($$$"""
            {{{{Hi}}},"n":2,"max_completion_tokens":100.0,"stop":["a","b"],"ignore_eos":true,"logprobs":true,"top_logprobs":3,"logit_bias":{"5":-100,"word":1.5,"x":false},
            "reasoning_effort":"low","chat_template_kwargs":{"enable_thinking":false},"timings_per_token":true,"stream":true,"stream_options":{"include_usage":true}}
            """);

        Assert.Equal((2, 100, true, true, 3), (request.Choices, request.MaxTokens, request.IgnoreEndOfSequence, request.Logprobs, request.TopLogprobs));
        Assert.Equal(["a", "b"], request.StopSequences!);
        Assert.Equal((-100f, 1.5f, -100f), (request.LogitBias!["5"], request.LogitBias["word"], request.LogitBias["x"]));
        Assert.Equal(("low", """{"enable_thinking":false}"""), (request.ReasoningEffort, request.TemplateArguments));
        Assert.Equal((true, true, true), (request.Timings, request.Stream, request.IncludeUsage));
        Assert.Equal(["x"], Read($$"""{{{Hi}},"stop":"x"}""").StopSequences!);
    }

    [Fact]
    public void Read_ParametersThatMakeNoDifference_AreTaken()
    {
        var request = Read($$$"""
            {{{{Hi}}},"user":"u","metadata":{"a":"b"},"store":false,"safety_identifier":"s","prompt_cache_key":"k","service_tier":"auto",
            "modalities":["text"],"prediction":null,"verbosity":null,"audio":null,"cache_prompt":true,"stream_options":null,"what":null}
            """);

        Assert.Equal(Lane.Interactive, request.Lane);
        Assert.Equal(Lane.Batch, Read($$"""{{{Hi}},"service_tier":"flex"}""").Lane);
    }

    [Theory]
    [InlineData("", ToolChoiceMode.Auto, null, true)]
    [InlineData(",\"tool_choice\":\"none\"", ToolChoiceMode.None, null, true)]
    [InlineData(",\"tool_choice\":\"required\",\"parallel_tool_calls\":false", ToolChoiceMode.Required, null, false)]
    [InlineData(",\"parallel_tool_calls\":false", ToolChoiceMode.Auto, null, false)]
    [InlineData(",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}", ToolChoiceMode.Required, "g", true)]
    [InlineData(",\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}", ToolChoiceMode.Auto, "f", true)]
    public void Read_ToolChoice_OfAllKinds(string choice, ToolChoiceMode mode, string? allowed, bool parallel)
    {
        var request = Read($$$"""{{{{Hi}}},"tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},{"type":"function","function":{"name":"g"}}]{{{choice}}}}""");

        Assert.Equal(new ToolDefinition { Name = "f", Description = "d", Parameters = """{"type":"object"}""", Strict = true }, request.Tools![0]);
        var read = request.ToolChoice ?? new ToolChoice { Mode = ToolChoiceMode.Auto };
        Assert.Equal((mode, allowed, parallel), (read.Mode, read.Allowed?.Single(), read.Parallel));
        Assert.False(request.UsesFunctions);
    }

    [Fact]
    public void Read_OldFunctions_AllowOneCall()
    {
        var request = Read($$$"""{{{{Hi}}},"functions":[{"name":"f"}],"function_call":{"name":"f"}}""");

        Assert.True(request.UsesFunctions);
        Assert.Equal((ToolChoiceMode.Required, "f", false), (request.ToolChoice!.Mode, request.ToolChoice.Allowed!.Single(), request.ToolChoice.Parallel));
    }

    [Theory]
    [InlineData("\"response_format\":{\"type\":\"text\"}", null, null)]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", OutputKind.JsonObject, null)]
    [InlineData("\"response_format\":{\"type\":\"json_object\",\"schema\":{\"type\":\"object\"}}", OutputKind.JsonSchema, "{\"type\":\"object\"}")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}", OutputKind.JsonSchema, "{\"type\":\"object\"}")]
    [InlineData("\"json_schema\":{\"type\":\"string\"}", OutputKind.JsonSchema, "{\"type\":\"string\"}")]
    [InlineData("\"grammar_json_functions\":{\"type\":\"string\"}", OutputKind.JsonSchema, "{\"type\":\"string\"}")]
    [InlineData("\"grammar\":\"root ::= [a-z]\"", OutputKind.Grammar, "root ::= [a-z]")]
    [InlineData("\"response_format\":{\"type\":\"grammar\",\"grammar\":\"root ::= [a-z]\"}", OutputKind.Grammar, "root ::= [a-z]")]
    public void Read_FormOfTheAnswer_OfAllKinds(string field, OutputKind? kind, string? text)
    {
        var output = Read($$"""{{{Hi}},{{field}}}""").Output;

        Assert.Equal((kind, text), (output?.Kind, output?.Schema ?? output?.Grammar));
    }

    [Theory]
    [InlineData("{\"role\":\"assistant\",\"content\":\"Once\"}", "", true)]
    [InlineData("{\"role\":\"assistant\",\"content\":\"Once\"}", ",\"continue_final_message\":false", false)]
    [InlineData("{\"role\":\"assistant\",\"content\":\"Once\"}", ",\"add_generation_prompt\":true", false)]
    [InlineData("{\"role\":\"assistant\",\"content\":\"Once\"}", ",\"add_generation_prompt\":false", true)]
    [InlineData("{\"role\":\"user\",\"content\":\"Once\"}", "", false)]
    public void Read_AssistantLast_IsContinuedUnlessSaidOtherwise(string last, string fields, bool continued) =>
        Assert.Equal(continued, Read($$"""{"messages":[{{last}}]{{fields}}}""").ContinueFinalMessage);

    internal static ChatCompletionRequest Read(string json)
    {
        using var body = JsonBody.Parse(Encoding.UTF8.GetBytes(json), new RequestOptions());
        return ChatRequestReader.Read(body.Root);
    }
}
