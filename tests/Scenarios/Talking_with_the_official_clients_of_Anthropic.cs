using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>npm's and NuGet's clients, as they come, get from us what they get from Anthropic.</summary>
public abstract class Talking_with_the_official_clients_of_Anthropic(Deployment deployment)
{
    private const string Sentence = "This is a test!";

    private static readonly object[] Say = [new { role = "user", content = "Say this is a test!" }];
    private static readonly object Question = new { model = "tiny-chat", max_tokens = 60, messages = Say };
    private static readonly object City = new
    {
        type = "object",
        properties = new { city = new { type = "string", @enum = new[] { "Paris", "Rome" } } },
        required = new[] { "city" },
        additionalProperties = false,
    };

    private static readonly object Weather = new { model = "tiny-chat", max_tokens = 100, messages = new[] { new { role = "user", content = "What is the weather in Paris?" } } };

    [Fact]
    public async Task JavaScript_gets_an_answer_and_its_request_id()
    {
        var answer = await RunAsync("message", new { body = Question });

        Assert.False(string.IsNullOrEmpty(answer.GetProperty("requestId").GetString()));
        var message = answer.GetProperty("answer");
        Assert.Equal(Sentence, message.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(("end_turn", JsonValueKind.Null), (message.GetProperty("stop_reason").GetString(), message.GetProperty("stop_sequence").ValueKind));
        Assert.InRange(message.GetProperty("usage").GetProperty("output_tokens").GetInt32(), 3, 20);
    }

    [Fact]
    public async Task JavaScript_streams_the_events_in_their_order()
    {
        var events = (await RunAsync("stream", new { body = Question })).EnumerateArray().ToList();

        var types = events.Select(one => one.GetProperty("type").GetString()).ToList();
        Assert.Equal(["message_start", "content_block_start"], types.Take(2));
        Assert.Equal(["content_block_stop", "message_delta", "message_stop"], types.TakeLast(3));
        Assert.Equal(["content_block_delta"], types.Skip(2).SkipLast(3).Distinct());
        Assert.Equal(Sentence, string.Concat(events.Skip(2).SkipLast(3).Select(one => one.GetProperty("delta").GetProperty("text").GetString())));
        Assert.Equal(Input(events[^2].GetProperty("usage")), Input(events[0].GetProperty("message").GetProperty("usage")));
        Assert.InRange(Input(events[^2].GetProperty("usage")), 5, 50);
    }

    [Fact]
    public async Task JavaScripts_stream_helper_puts_thought_and_answer_together()
    {
        var thinking = new { type = "adaptive" };
        var answer = await RunAsync("helper", new { body = new { model = "tiny-chat", max_tokens = 200, thinking, messages = new[] { new { role = "user", content = "What is 2 + 3?" } } } });

        var (seen, final) = (answer.GetProperty("seen"), answer.GetProperty("final"));
        Assert.Equal(["thinking", "text"], seen.GetProperty("blocks").EnumerateArray().Select(block => block.GetString()));
        Assert.NotEmpty(seen.GetProperty("thinking").GetString()!);
        Assert.Equal(seen.GetProperty("thinking").GetString(), final.GetProperty("content")[0].GetProperty("thinking").GetString());
        Assert.Equal(seen.GetProperty("signatures")[0].GetString(), final.GetProperty("content")[0].GetProperty("signature").GetString());
        Assert.Equal(seen.GetProperty("text").GetString(), final.GetProperty("content")[1].GetProperty("text").GetString());
        Assert.InRange(final.GetProperty("usage").GetProperty("output_tokens_details").GetProperty("thinking_tokens").GetInt32(), 1, 200);
    }

    [Fact]
    public async Task JavaScript_sees_which_stop_sequence_was_met()
    {
        var answer = await RunAsync("helper", new { body = new { model = "tiny-chat", max_tokens = 60, stop_sequences = new[] { "never", "a te" }, messages = Say } });

        var final = answer.GetProperty("final");
        Assert.Equal(("This is ", "stop_sequence", "a te"), (final.GetProperty("content")[0].GetProperty("text").GetString(), final.GetProperty("stop_reason").GetString(), final.GetProperty("stop_sequence").GetString()));
    }

    [Fact]
    public async Task JavaScript_goes_on_from_the_beginning_of_an_answer()
    {
        var answer = await RunAsync("message", new { body = new { model = "tiny-chat", max_tokens = 60, messages = Say.Append(new { role = "assistant", content = "This is" }) } });

        Assert.Equal(" a test!", answer.GetProperty("answer").GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task JavaScript_counts_the_tokens_that_an_answer_then_reports()
    {
        var counted = (await RunAsync("count", new { body = new { model = "tiny-chat", messages = Say } })).GetProperty("input_tokens").GetInt32();
        var usage = (await RunAsync("message", new { body = Question })).GetProperty("answer").GetProperty("usage");

        Assert.Equal(counted, Input(usage));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JavaScripts_tool_runner_calls_the_tool_and_gets_an_answer(bool streamed)
    {
        var answer = await RunAsync("tools", new { body = Weather, streamed, result = """{"temperature": 21, "sky": "sunny"}""" });

        Assert.Equal("""[{"city":"Paris"}]""", answer.GetProperty("called").GetRawText());
        Assert.Equal(["tool_use", "end_turn"], answer.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("reason").GetString()));
        Assert.Contains("21", answer.GetProperty("turns")[1].GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        // The runner asks for a thread once, is told that there are none, and goes on with the whole conversation.
        Assert.Equal("[true,false,false]", answer.GetProperty("threads").GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"any"}""")]
    [InlineData("""{"type":"tool","name":"get_weather"}""")]
    [InlineData("""{"type":"any","disable_parallel_tool_use":true}""")]
    public async Task JavaScript_forces_a_call_where_the_model_would_only_talk(string choice)
    {
        var tools = new[] { new { name = "get_weather", description = "Get the weather of a city", input_schema = City } };
        var body = new { model = "tiny-chat", max_tokens = 200, messages = Say, tools, tool_choice = JsonSerializer.Deserialize<JsonElement>(choice) };
        var answer = await RunAsync("helper", new { body });

        var final = answer.GetProperty("final");
        Assert.Equal("tool_use", final.GetProperty("stop_reason").GetString());
        var calls = final.GetProperty("content").EnumerateArray().Where(block => block.GetProperty("type").GetString() == "tool_use").ToList();
        Assert.InRange(calls.Count, 1, choice.Contains("disable", StringComparison.Ordinal) ? 1 : 20);
        Assert.All(calls, call => Assert.Equal(("get_weather", JsonValueKind.String), (call.GetProperty("name").GetString(), call.GetProperty("input").GetProperty("city").ValueKind)));
    }

    [Fact]
    public async Task JavaScript_gets_an_object_of_its_schema()
    {
        var answer = await RunAsync("parsed", new { body = new { model = "tiny-chat", max_tokens = 200, messages = Say }, schema = City });

        Assert.Equal(["end_turn", "end_turn"], answer.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        Assert.Equal(JsonValueKind.String, answer.GetProperty("whole").GetProperty("city").ValueKind);
        Assert.Equal(answer.GetProperty("whole").GetRawText(), answer.GetProperty("streamed").GetRawText());
    }

    [Fact]
    public async Task JavaScript_is_told_which_part_of_its_schema_cannot_be_kept()
    {
        var schema = new { type = "object", properties = new { city = new { type = "string", pattern = "(" } } };
        var raised = await RunAsync("errors", new { requests = new[] { new { model = "tiny-chat", max_tokens = 9, messages = Say, output_config = new { format = new { type = "json_schema", schema } } } } });

        Assert.Equal(("BadRequestError", "invalid_request_error"), (raised[0].GetProperty("class").GetString(), raised[0].GetProperty("type").GetString()));
        Assert.Contains("pattern", raised[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JavaScript_leaves_a_stream_and_the_slot_is_free()
    {
        var body = new { model = "tiny-chat", max_tokens = 2000, messages = new[] { new { role = "user", content = "Tell me a story" } } };
        var answer = await RunAsync("leave", new { body, after = 3 });

        Assert.True(answer.GetProperty("aborted").GetBoolean());
        await Metrics.WaitForAsync(deployment.Api.Client, "open_jobs", 0, Patience.Token());
        await Metrics.WaitForAsync(deployment.Api.Client, "slots_busy", 0, Patience.Token());
    }

    [Fact]
    public async Task JavaScript_raises_its_class_for_each_error()
    {
        object[] requests =
        [
            new { model = "no-such-model", max_tokens = 9, messages = Say },
            new { model = "tiny-chat", max_tokens = 9, messages = Say, temperature = "hot" },
        ];
        var raised = (await RunAsync("errors", new { requests })).EnumerateArray().ToList();

        Assert.Equal(["NotFoundError", "BadRequestError"], raised.Select(error => error.GetProperty("class").GetString()));
        Assert.Equal(["not_found_error", "invalid_request_error"], raised.Select(error => error.GetProperty("type").GetString()));
        Assert.Equal(["model_not_found", "invalid_type"], raised.Select(error => error.GetProperty("code").GetString()));
        Assert.All(raised, error => Assert.False(string.IsNullOrEmpty(error.GetProperty("requestId").GetString())));
    }

    [Fact]
    public async Task DotNet_gets_an_answer_whose_every_field_is_valid()
    {
        using var client = Client();
        var message = await client.Messages.Create(Parameters(), Patience.Token());

        Assert.True(message.Content[0].TryPickText(out var text));
        Assert.Equal(Sentence, text.Text);
        Assert.Equal(StopReason.EndTurn, message.StopReason!.Value());
        Assert.InRange(message.Usage.OutputTokens, 3, 20);
    }

    [Fact]
    public async Task DotNet_streams_an_answer()
    {
        using var client = Client();
        var text = "";
        StopReason? reason = null;
        await foreach (var one in client.Messages.CreateStreaming(Parameters(), Patience.Token()))
        {
            if (one.TryPickContentBlockDelta(out var piece) && piece.Delta.TryPickText(out var more))
            {
                text += more.Text;
            }
            else if (one.TryPickDelta(out var end))
            {
                reason = end.Delta.StopReason!.Value();
            }
        }

        Assert.Equal(Sentence, text);
        Assert.Equal(StopReason.EndTurn, reason);
    }

    [Fact]
    public async Task DotNet_forces_a_call_with_a_valid_input()
    {
        using var client = Client();
        var schema = new InputSchema { Properties = new Dictionary<string, JsonElement> { ["city"] = JsonSerializer.SerializeToElement(new { type = "string", @enum = new[] { "Paris", "Rome" } }) }, Required = ["city"] };
        var asked = Parameters() with { MaxTokens = 200, Tools = [new Tool { Name = "get_weather", InputSchema = schema }], ToolChoice = new ToolChoiceAny() };
        var message = await client.Messages.Create(asked, Patience.Token());

        Assert.Equal(StopReason.ToolUse, message.StopReason!.Value());
        Assert.True(message.Content[^1].TryPickToolUse(out var call));
        Assert.Equal("get_weather", call.Name);
    }

    [Fact]
    public async Task DotNet_counts_tokens()
    {
        using var client = Client();
        var counted = await client.Messages.CountTokens(new MessageCountTokensParams { Model = "tiny-chat", Messages = [new UserMessageParam("Say this is a test!")] }, Patience.Token());

        Assert.InRange(counted.InputTokens, 5, 50);
    }

    [Fact]
    public async Task DotNet_raises_its_class_for_an_error()
    {
        using var client = Client();
        var raised = await Assert.ThrowsAsync<AnthropicNotFoundException>(() => client.Messages.Create(Parameters() with { Model = "no-such-model" }, Patience.Token()));

        Assert.Contains("tiny-chat", raised.Message, StringComparison.Ordinal);
    }

    private static int Input(JsonElement usage) => usage.GetProperty("input_tokens").GetInt32() + usage.GetProperty("cache_read_input_tokens").GetInt32();

    private Task<JsonElement> RunAsync(string function, object input)
    {
        var all = JsonSerializer.SerializeToNode(input)!;
        all["baseURL"] = deployment.RootUrl;
        return NodeProgram.RunAsync("anthropic", function, all, Patience.Token());
    }

    private static MessageCreateParams Parameters() => new() { Model = "tiny-chat", MaxTokens = 60, Messages = [new UserMessageParam("Say this is a test!")] };

    private AnthropicClient Client() => new() { BaseUrl = deployment.RootUrl, ApiKey = "any", MaxRetries = 0, ResponseValidation = true };
}
