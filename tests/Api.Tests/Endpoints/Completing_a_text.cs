using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Completing_a_text : IAsyncLifetime
{
    private const string Entry = "[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97],\"top_logprobs\":[]}]";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Body_is_these_bytes()
    {
        var answering = PostAsync("""{"prompt":"One two","logprobs":0,"max_tokens":5,"timings_per_token":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Text = "a", Logprobs = Entry, Tokens = 1 });
        await job.FinishAsync(FinishReason.Length);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(("One two", null, 5, true), (job.Command.Prompt, job.Command.Messages, job.Command.MaxTokens, job.Command.Logprobs));
        Assert.Equal(
            """{"id":"ID","object":"text_completion",HEAD,"choices":[{"text":"a","index":0,"logprobs":{"tokens":["a"],"token_logprobs":[-0.5],"top_logprobs":null,"text_offset":[0]},"finish_reason":"length"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}},"timings":{"cache_n":4,"prompt_n":3,"prompt_ms":6,"prompt_per_token_ms":2,"prompt_per_second":500,"predicted_n":2,"predicted_ms":20,"predicted_per_token_ms":10,"predicted_per_second":100}}""",
            Answers.Steady(await response.Content.ReadAsStringAsync(), $"cmpl-{job.Command.JobId:N}"));
    }

    [Fact]
    public async Task Each_prompt_gets_its_choices_in_order()
    {
        var answering = PostAsync("""{"prompt":["x","y"],"n":2,"seed":5}""");
        for (var i = 0; i < 4; i++)
        {
            var job = await _server.Worker.NextJobAsync();
            await job.TextAsync($"{job.Command.Prompt}{job.Command.Sampling.Seed}");
            await job.FinishAsync(FinishReason.StopSequence);
        }

        var answer = await AnswerAsync(answering);
        var choices = answer.GetProperty("choices").EnumerateArray().ToList();
        Assert.Equal(["x5", "x6", "y5", "y6"], choices.Select(choice => choice.GetProperty("text").GetString()));
        Assert.Equal([0, 1, 2, 3], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.All(choices, choice => Assert.Equal("stop", choice.GetProperty("finish_reason").GetString()));
        // Both prompts once, all four completions.
        Assert.Equal((14, 8), (answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task Best_are_those_whose_tokens_are_likeliest_in_the_mean()
    {
        var answering = PostAsync("""{"prompt":"x","n":1,"best_of":3}""");
        // Sums would choose the shortest.
        string[] logprobs = ["[-2]", "[-0.4,-0.4,-0.4]", "[-0.5]"];
        for (var i = 0; i < 3; i++)
        {
            var job = await _server.Worker.NextJobAsync();
            Assert.True(job.Command.Logprobs);
            var entries = JsonDocument.Parse(logprobs[i]).RootElement.EnumerateArray().Select(value => $$"""{"token":"t","logprob":{{value.GetRawText()}},"bytes":[116]}""");
            await job.SendAsync(new GenerationDelta { Sequence = 0, Text = $"answer {i}", Logprobs = $"[{string.Join(',', entries)}]" });
            await job.FinishAsync();
        }

        var answer = await AnswerAsync(answering);
        var choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal("answer 1", choice.GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("logprobs").ValueKind);
        Assert.Equal((7, 6), (answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task Best_without_probabilities_is_refused_by_name()
    {
        var answering = PostAsync("""{"prompt":"x","best_of":2}""");
        for (var i = 0; i < 2; i++)
        {
            var job = await _server.Worker.NextJobAsync();
            await job.TextAsync("a");
            await job.FinishAsync();
        }

        using var response = await answering.OrTimeout("the answer");
        var error = await response.ErrorAsync();
        Assert.Equal((400, "unsupported_parameter", "best_of"), (error.Status, error.Code, error.Param));
    }

    [Theory]
    [InlineData("\"Hi \"", "Hi a")]
    [InlineData("[72,105]", "Hia")]
    public async Task Echo_puts_the_prompt_before_its_completion(string prompt, string text)
    {
        var answering = PostAsync($$"""{"prompt":{{prompt}},"echo":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("a");
        await job.FinishAsync();

        Assert.Equal(text, (await AnswerAsync(answering)).GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Token_ids_and_suffix_travel_as_they_are()
    {
        var tokens = PostAsync("""{"prompt":[[1,2],[3]]}""");
        var jobs = new[] { await _server.Worker.NextJobAsync(), await _server.Worker.NextJobAsync() };
        Assert.Equal([1, 2], jobs[0].Command.PromptTokens!);
        Assert.Equal([3], jobs[1].Command.PromptTokens!);
        Assert.Null(jobs[0].Command.Prompt);
        await jobs[0].FinishAsync();
        await jobs[1].FinishAsync();
        await AnswerAsync(tokens);

        var gap = PostAsync("""{"prompt":"a","suffix":"b"}""");
        var job = await _server.Worker.NextJobAsync();
        Assert.Equal(("a", "b"), (job.Command.Prompt, job.Command.Suffix));
        await job.FailAsync(FailureCode.CapabilityMissing, "It cannot fill.", "suffix");
        using var response = await gap.OrTimeout("the answer");
        Assert.Equal((400, "model_not_supported", "suffix", "It cannot fill."), await response.ErrorAsync());
    }

    [Fact]
    public async Task Unknown_token_in_an_echo_is_refused()
    {
        using var response = await PostAsync("""{"prompt":[70000],"echo":true}""").OrTimeout("the answer");

        var error = await response.ErrorAsync();
        Assert.Equal((400, "invalid_value", "There is no such token."), (error.Status, error.Code, error.Message));
    }

    private Task<HttpResponseMessage> PostAsync(string json) => _server.PostAsync("/v1/completions", json, "application/json");

    private static async Task<JsonElement> AnswerAsync(Task<HttpResponseMessage> answering)
    {
        using var response = await answering.OrTimeout("the answer");
        return await response.JsonAsync();
    }
}
