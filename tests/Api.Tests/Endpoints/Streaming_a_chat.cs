using System.Net;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Streaming_a_chat : IAsyncLifetime
{
    private const string Body = """{"model":"tiny","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true}}""";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Frames_are_these_bytes()
    {
        var answering = _server.ChatAsync(Body);
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm", Tokens = 1 });
        await job.TextAsync("Grüße \"\n");
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "call_1", Name = "f", Arguments = "{" }], Tokens = 1 });
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Arguments = "}" }], Tokens = 1 });
        await job.FinishAsync(FinishReason.ToolCalls, completion: 4);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(
            """
            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{"reasoning_content":"hm"},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{"content":"Grüße \"\n"},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{"}}]},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}],"usage":null}

            data: {"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":4,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}}}

            data: [DONE]


            """, Answers.Steady(text, $"chatcmpl-{job.Command.JobId:N}"));
    }

    [Fact]
    public async Task First_token_is_there_before_the_second_exists()
    {
        var answering = _server.ChatAsync(Body);
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("one");
        using var response = await answering.OrTimeout("the headers");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Contains("\"role\"", await lines.ReadLineAsync().OrTimeout("the role"), StringComparison.Ordinal);
        Assert.Equal("", await lines.ReadLineAsync().OrTimeout("the frame's end"));
        Assert.Contains("\"one\"", await lines.ReadLineAsync().OrTimeout("the first token"), StringComparison.Ordinal);

        await job.FinishAsync();

        Assert.EndsWith("data: [DONE]\n\n", await lines.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_before_the_first_token_is_plain_json_with_its_status()
    {
        var answering = _server.ChatAsync(Body);
        var job = await _server.Worker.NextJobAsync();
        await job.FailAsync(FailureCode.PromptTooLong, "The prompt has 9 tokens, the context 8.");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal((400, "context_length_exceeded", "messages", "The prompt has 9 tokens, the context 8."), await response.ErrorAsync());
    }

    [Fact]
    public async Task Failure_after_the_first_token_is_a_frame_before_done()
    {
        var answering = _server.ChatAsync(Body);
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("one");
        using var response = await answering.OrTimeout("the headers");
        await job.FailAsync(FailureCode.BackendCrashed, "It died.");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.EndsWith(
            "data: {\"error\":{\"message\":\"It died.\",\"type\":\"server_error\",\"param\":null,\"code\":\"backend_crashed\"}}\n\ndata: [DONE]\n\n",
            await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_leaves_before_the_first_token_cancels()
    {
        using var gone = new CancellationTokenSource();
        var answering = _server.ChatAsync(Body, gone.Token);
        var job = await _server.Worker.NextJobAsync();

        await gone.CancelAsync();

        Assert.Equal(job.Command.JobId, (await _server.Worker.NextCancellationAsync()).JobId);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
    }

    [Fact]
    public async Task Client_that_leaves_in_mid_stream_cancels_and_leaves_nothing()
    {
        using (var response = await StartedAsync())
        {
        }

        await _server.Worker.NextCancellationAsync();
        Assert.Equal(0, _server.Get<JobRelay>().Count);
    }

    [Fact]
    public async Task Choices_are_jobs_of_their_own_in_one_stream()
    {
        var answering = _server.ChatAsync("""{"messages":[{"role":"user","content":"hi"}],"stream":true,"n":2,"seed":5}""");
        var jobs = new[] { await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync() };
        Assert.Equal([5L, 6L], jobs.Select(job => job.Command.Sampling.Seed).Order());
        foreach (var job in jobs)
        {
            await job.TextAsync($"seed {job.Command.Sampling.Seed}");
            await job.FinishAsync();
        }

        using var response = await answering.OrTimeout("the answer");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("""{"index":0,"delta":{"content":"seed 5"}""", text, StringComparison.Ordinal);
        Assert.Contains("""{"index":1,"delta":{"content":"seed 6"}""", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("\"finish_reason\":\"stop\"").Length - 1);
        Assert.DoesNotContain("\"usage\"", text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> StartedAsync()
    {
        var answering = _server.ChatAsync(Body);
        await (await _server.Worker.NextJobAsync()).TextAsync("one");
        return await answering.OrTimeout("the headers");
    }
}
