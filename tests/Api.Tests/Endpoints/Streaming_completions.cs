using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Streaming_completions : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Frames_are_these_bytes()
    {
        var answering = PostAsync("""{"prompt":"P","echo":true,"stream":true,"stream_options":{"include_usage":true}}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("ä ");
        await job.TextAsync("b");
        await job.FinishAsync(FinishReason.Stop);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """
            data: {"id":"ID","object":"text_completion",HEAD,"choices":[{"text":"P","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"text_completion",HEAD,"choices":[{"text":"ä ","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"text_completion",HEAD,"choices":[{"text":"b","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"ID","object":"text_completion",HEAD,"choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null}

            data: {"id":"ID","object":"text_completion",HEAD,"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}}}

            data: [DONE]


            """,
            Answers.Steady(await response.Content.ReadAsStringAsync(), $"cmpl-{job.Command.JobId:N}"));
    }

    [Fact]
    public async Task Failure_before_the_first_frame_has_its_status_and_after_it_a_frame()
    {
        var early = PostAsync("""{"prompt":"P","stream":true}""");
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.LoadFailed, "It does not load.");
        using var refused = await early.OrTimeout("the answer");
        Assert.Equal((500, "model_load_failed", null, "It does not load."), await refused.ErrorAsync());

        var late = PostAsync("""{"prompt":"P","stream":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("a");
        using var response = await late.OrTimeout("the answer");
        await job.FailAsync(FailureCode.BackendError, "It broke.");
        var text = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("""
            data: {"error":{"message":"It broke.","type":"server_error","param":null,"code":"backend_error"}}

            data: [DONE]


            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_client_cancels_all_completions()
    {
        using var left = new CancellationTokenSource();
        var answering = _server.PostAsync("/v1/completions", """{"prompt":["x","y"],"stream":true}""", "application/json", left.Token);
        var jobs = new[] { await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync() };
        await jobs[0].TextAsync("a");
        using var response = await answering.OrTimeout("the answer");
        response.Dispose();

        var cancelled = new[] { (await _server.Worker.NextCancellationAsync()).JobId, (await _server.Worker.NextCancellationAsync()).JobId };
        Assert.Equal(jobs.Select(job => job.Command.JobId).Order(), cancelled.Order());
    }

    private Task<HttpResponseMessage> PostAsync(string json) => _server.PostAsync("/v1/completions", json, "application/json");
}
