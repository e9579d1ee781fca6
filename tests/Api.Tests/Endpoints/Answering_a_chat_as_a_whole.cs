using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Answering_a_chat_as_a_whole : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/chat/completions", "application/json")]
    [InlineData("/chat/completions", "application/json; charset=utf-8")]
    [InlineData("/v1/chat/completions", "application/x-www-form-urlencoded")]
    [InlineData("/v1/chat/completions", null)]
    public async Task Body_is_these_bytes(string path, string? type)
    {
        var answering = _server.PostAsync(path, """{"messages":[{"role":"user","content":"hi"}],"logprobs":true,"timings_per_token":true}""", type);
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "h", Tokens = 1 }, new GenerationDelta { Sequence = 0, Reasoning = "m", Tokens = 1 });
        await job.SendAsync(new GenerationDelta { Sequence = 0, Text = "a", Logprobs = "[{\"token\":\"a\"}]" }, new GenerationDelta { Sequence = 0, Text = "b", Logprobs = "[{\"token\":\"b\"}]" });
        await job.FinishAsync(FinishReason.Length);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(
            """{"id":"ID","object":"chat.completion",HEAD,"choices":[{"index":0,"message":{"role":"assistant","content":"ab","refusal":null,"reasoning_content":"hm"},"logprobs":{"content":[{"token":"a"},{"token":"b"}],"refusal":null},"finish_reason":"length"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}},"timings":{"cache_n":4,"prompt_n":3,"prompt_ms":6,"prompt_per_token_ms":2,"prompt_per_second":500,"predicted_n":2,"predicted_ms":20,"predicted_per_token_ms":10,"predicted_per_second":100}}""",
            Answers.Steady(await response.Content.ReadAsStringAsync(), $"chatcmpl-{job.Command.JobId:N}"));
    }

    [Theory]
    [InlineData(
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
        """{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}""",
        "tool_calls")]
    [InlineData("\"functions\":[{\"name\":\"f\"}]", """{"role":"assistant","content":null,"refusal":null,"function_call":{"name":"f","arguments":"{}"}}""", "function_call")]
    public async Task Calls_have_the_form_that_was_asked_in(string tools, string message, string reason)
    {
        var answering = _server.ChatAsync($$"""{"messages":[{"role":"user","content":"hi"}],{{tools}}}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(
            new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "c1", Name = "f", Arguments = "{" }] },
            new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Arguments = "}" }] });
        await job.FinishAsync(FinishReason.ToolCalls);
        using var response = await answering.OrTimeout("the answer");

        var choice = (await response.JsonAsync()).GetProperty("choices")[0];
        Assert.Equal(message, choice.GetProperty("message").GetRawText());
        Assert.Equal(reason, choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Choices_share_one_usage()
    {
        var answering = _server.ChatAsync("""{"messages":[{"role":"user","content":"hi"}],"n":3}""");
        for (var i = 0; i < 3; i++)
        {
            var job = await _server.Worker.NextJobAsync();
            await job.TextAsync("a");
            await job.FinishAsync();
        }

        using var response = await answering.OrTimeout("the answer");
        var answer = await response.JsonAsync();
        Assert.Equal([0, 1, 2], answer.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.Equal((7, 6), (answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task Failure_of_one_choice_cancels_the_others()
    {
        var answering = _server.ChatAsync("""{"messages":[{"role":"user","content":"hi"}],"n":2}""");
        var jobs = new[] { await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync() };
        await jobs[0].FailAsync(FailureCode.LoadFailed, "It does not load.");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal((500, "model_load_failed", null, "It does not load."), await response.ErrorAsync());
        Assert.Equal(jobs[1].Command.JobId, (await _server.Worker.NextCancellationAsync()).JobId);
    }

    [Fact]
    public async Task Command_carries_the_request()
    {
        var answering = _server.ChatAsync("""{"model":"tiny","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"service_tier":"flex","max_tokens":5}""");
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(("tiny", Lane.Batch, "anonymous", 5), (job.Command.Model, job.Command.Lane, job.Command.Owner, job.Command.MaxTokens));
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), job.Command.RequestId);
        Assert.Equal(TimeSpan.FromSeconds(120), job.Command.StartBefore - job.Command.AcceptedAt);
        Assert.Equal(JsonValueKind.Object, (await response.JsonAsync()).ValueKind);
    }
}
