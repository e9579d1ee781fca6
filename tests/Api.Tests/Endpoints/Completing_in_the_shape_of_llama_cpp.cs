using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Completing_in_the_shape_of_llama_cpp : IAsyncLifetime
{
    private const string Timings = """{"cache_n":4,"prompt_n":3,"prompt_ms":6,"prompt_per_token_ms":2,"prompt_per_second":500,"predicted_n":2,"predicted_ms":20,"predicted_per_token_ms":10,"predicted_per_second":100}""";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/completion")]
    [InlineData("/completions")]
    public async Task A_whole_answer_is_these_bytes(string path)
    {
        var answering = PostAsync("""{"prompt":"P","n_predict":2,"n_probs":1,"return_tokens":true,"stop":["X"]}""", path);
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(
            new GenerationDelta { Sequence = 0, Text = "a\n", Tokens = 1, Logprobs = "[{\"id\":1}]", Detail = new DeltaDetail { TokenIds = [1] } },
            new GenerationDelta { Sequence = 0, Text = "b", Tokens = 1, Logprobs = "[{\"id\":2}]", Detail = new DeltaDetail { TokenIds = [2] } });
        await job.FinishAsync(FinishReason.StopSequence, stopSequence: "X");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(
            """{"index":0,"content":"a\nb","tokens":[1,2],"id_slot":-1,"stop":true,"model":"tiny","tokens_predicted":2,"tokens_evaluated":7,"generation_settings":SETTINGS,"prompt":"P","has_new_line":true,"truncated":false,"stop_type":"word","stopping_word":"X","tokens_cached":4,"timings":TIMINGS,"completion_probabilities":[{"id":1},{"id":2}]}"""
                .Replace("TIMINGS", Timings, StringComparison.Ordinal),
            WithoutSettings(await response.Content.ReadAsStringAsync()));
        Assert.Equal(("P", 2, true, 1), (job.Command.Prompt, job.Command.MaxTokens, job.Command.Detailed, job.Command.TopLogprobs));
    }

    [Fact]
    public async Task A_stream_is_these_bytes_and_has_no_mark_at_its_end()
    {
        var answering = PostAsync("""{"prompt":"P","stream":true,"timings_per_token":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Text = "a", Tokens = 2, Prompt = new PromptCounts { Tokens = 7, Cached = 4 }, Detail = new DeltaDetail { TokenIds = [1, 2], PromptMilliseconds = 6, GenerationMilliseconds = 20 } });
        await job.FinishAsync(FinishReason.Stop);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """
            data: {"index":0,"content":"a","tokens":[1,2],"stop":false,"id_slot":-1,"tokens_predicted":2,"tokens_evaluated":7,"timings":TIMINGS}

            data: {"index":0,"content":"","tokens":[],"id_slot":-1,"stop":true,"model":"tiny","tokens_predicted":2,"tokens_evaluated":7,"generation_settings":SETTINGS,"prompt":"P","has_new_line":false,"truncated":false,"stop_type":"eos","stopping_word":"","tokens_cached":4,"timings":TIMINGS}


            """.Replace("TIMINGS", Timings, StringComparison.Ordinal),
            WithoutSettings(await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("\"n_predict\":2", "limit", false)]
    [InlineData("\"n_predict\":3", "limit", true)]
    [InlineData("\"n_predict\":-1", "limit", true)]
    [InlineData("\"n_predict\":-1,\"t_max_predict_ms\":5", "limit", false)]
    public async Task An_answer_is_truncated_where_the_context_ended_it(string limit, string type, bool truncated)
    {
        var answering = PostAsync($$"""{"prompt":"P",{{limit}}}""");
        await (await _server.Worker.NextJobAsync()).FinishAsync(FinishReason.Length);
        using var response = await answering.OrTimeout("the answer");

        var answer = await response.JsonAsync();
        Assert.Equal((type, truncated), (answer.GetProperty("stop_type").GetString(), answer.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public async Task Several_prompts_are_an_array_and_tokens_have_their_text()
    {
        var answering = PostAsync("""{"prompt":["P",[72,105],[33,"ab",34]],"response_fields":["index","prompt","generation_settings/n_predict","nothing"],"n_predict":9}""");
        var jobs = new[] { await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync() };
        foreach (var job in jobs)
        {
            await job.FinishAsync();
        }

        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(
            """[{"index":0,"prompt":"P","generation_settings/n_predict":9},{"index":1,"prompt":"Hi","generation_settings/n_predict":9},{"index":2,"prompt":"!ab\"","generation_settings/n_predict":9}]""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(("P", null), (jobs[0].Command.Prompt, jobs[0].Command.PromptTokens));
        Assert.Equal([72, 105], jobs[1].Command.PromptTokens!);
        Assert.Equal([33, 97, 98, 34], jobs[2].Command.PromptTokens!);
    }

    [Fact]
    public async Task Settings_are_those_that_hold()
    {
        var answering = PostAsync("""{"prompt":"P","temperature":0.5,"samplers":["min_p","temperature"],"seed":5,"repeat_penalty":1.1,"stop":["a"]}""");
        await (await _server.Worker.NextJobAsync()).FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        var settings = (await response.JsonAsync()).GetProperty("generation_settings");
        Assert.Equal((0.5, 40, 5L), (settings.GetProperty("temperature").GetDouble(), settings.GetProperty("top_k").GetInt32(), settings.GetProperty("seed").GetInt64()));
        Assert.Equal("""["min_p","temperature"]""", settings.GetProperty("samplers").GetRawText());
        Assert.Equal((-1, 0.05f), (settings.GetProperty("n_predict").GetInt32(), settings.GetProperty("min_p").GetSingle()));
    }

    [Fact]
    public async Task Infill_sends_the_texts_around_the_gap()
    {
        var answering = PostAsync("""{"input_prefix":"a","input_suffix":"","input_extra":[{"text":"t"}],"prompt":"b"}""", "/infill");
        var job = await _server.Worker.NextJobAsync();
        await job.FailAsync(FailureCode.CapabilityMissing, "It cannot.", "suffix");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(("a", "", "b", "t"), (job.Command.Prompt, job.Command.Suffix, job.Command.InfillStart, job.Command.InfillFiles![0].Text));
        Assert.Equal("""{"error":{"code":400,"message":"It cannot.","type":"invalid_request_error","param":"suffix"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failure_before_the_first_piece_has_its_status_and_after_it_a_frame()
    {
        var early = PostAsync("""{"prompt":"P","stream":true}""");
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.PromptTooLong, "Too long.");
        using var refused = await early.OrTimeout("the answer");
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal("exceed_context_size_error", (await refused.JsonAsync()).GetProperty("error").GetProperty("type").GetString());

        var late = PostAsync("""{"prompt":"P","stream":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("a");
        using var response = await late.OrTimeout("the answer");
        await job.FailAsync(FailureCode.BackendError, "It broke.");
        Assert.EndsWith("data: {\"error\":{\"code\":502,\"message\":\"It broke.\",\"type\":\"server_error\"}}\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_all_its_completions()
    {
        using var left = new CancellationTokenSource();
        var answering = _server.PostAsync("/completion", """{"prompt":["a","b"]}""", "application/json", left.Token);
        var jobs = new[] { await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync() };
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);

        var cancelled = new[] { (await _server.Worker.NextCancellationAsync()).JobId, (await _server.Worker.NextCancellationAsync()).JobId };
        Assert.Equal(jobs.Select(job => job.Command.JobId).Order(), cancelled.Order());
    }

    private Task<HttpResponseMessage> PostAsync(string body, string path = "/completion") => _server.PostAsync(path, body, "application/json");

    private static string WithoutSettings(string text) => Regex.Replace(text, "\"generation_settings\":\\{[^}]*\\}", "\"generation_settings\":SETTINGS");
}
