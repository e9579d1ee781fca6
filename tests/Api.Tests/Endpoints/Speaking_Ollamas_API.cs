using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Messages.Workers;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Speaking_Ollamas_API : IAsyncLifetime
{
    private const string Stats = "\"done\":true,\"done_reason\":\"stop\",\"total_duration\":N,\"prompt_eval_count\":7,\"prompt_eval_duration\":6000000,\"eval_count\":2,\"eval_duration\":20000000";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_chat_streams_these_lines()
    {
        var answering = PostAsync("/api/chat", """{"model":"tiny:latest","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f"}}]}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm", Tokens = 1 });
        await job.TextAsync("ä");
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "c0", Name = "f", Arguments = "{\"a\":" }], Tokens = 1 });
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Arguments = "1}" }, new ToolCallDelta { Index = 1, Id = "c1", Name = "f", Arguments = "" }], Tokens = 1 });
        await job.FinishAsync(FinishReason.ToolCalls);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """
            {HEAD,"message":{"role":"assistant","content":"","thinking":"hm"},"done":false}
            {HEAD,"message":{"role":"assistant","content":"ä"},"done":false}
            {HEAD,"message":{"role":"assistant","content":"","tool_calls":[{"id":"c0","function":{"index":0,"name":"f","arguments":{"a":1}}}]},"done":false}
            {HEAD,"message":{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"index":1,"name":"f","arguments":{}}}]},"done":false}
            {HEAD,"message":{"role":"assistant","content":""},STATS}

            """.Replace("STATS", Stats, StringComparison.Ordinal),
            Steady(await response.Content.ReadAsStringAsync()));
        Assert.Equal("tiny", job.Command.Model);
    }

    [Fact]
    public async Task A_whole_text_is_these_bytes()
    {
        var answering = PostAsync("/api/generate", """{"model":"tiny:latest","prompt":"hi","stream":false,"logprobs":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm" }, new GenerationDelta { Sequence = 0, Text = "a", Logprobs = "[{\"token\":\"a\"}]" });
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal($$"""{HEAD,"response":"a","thinking":"hm","logprobs":[{"token":"a"}],{{Stats}}}""", Steady(await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("/api/generate", """{"model":"tiny:latest"}""", """{HEAD,"response":"","done":true,"done_reason":"load"}""")]
    [InlineData("/api/chat", """{"model":"tiny:latest","messages":[]}""", """{HEAD,"message":{"role":"assistant","content":""},"done":true,"done_reason":"load"}""")]
    public async Task Asking_nothing_loads_the_model(string path, string body, string answer)
    {
        using var response = await PostAsync(path, body);

        Assert.Equal(answer, Steady(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_context_that_is_too_small_is_refused_and_a_smaller_one_served()
    {
        using var refused = await PostAsync("/api/generate", """{"prompt":"a","options":{"num_ctx":2049}}""");
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("2048", await ErrorAsync(refused), StringComparison.Ordinal);

        var answering = PostAsync("/api/generate", """{"prompt":"a","options":{"num_ctx":2048}}""");
        await (await _server.Worker.NextJobAsync()).FinishAsync();
        using var served = await answering.OrTimeout("the answer");
        Assert.Equal(200, (int)served.StatusCode);
    }

    [Fact]
    public async Task Failure_before_the_first_line_has_its_status_and_after_it_a_line()
    {
        var early = PostAsync("/api/generate", """{"prompt":"a"}""");
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.LoadFailed, "It does not load.");
        using var refused = await early.OrTimeout("the answer");
        Assert.Equal((500, "It does not load."), ((int)refused.StatusCode, await ErrorAsync(refused)));

        var late = PostAsync("/api/generate", """{"prompt":"a"}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("a");
        using var response = await late.OrTimeout("the answer");
        await job.FailAsync(FailureCode.BackendError, "It broke.");
        Assert.EndsWith("\n{\"error\":\"It broke.\"}\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/chat", """{"model":"none","messages":[]}""", 404)]
    [InlineData("/api/generate", """{"model":"broken","prompt":"a"}""", 500)]
    [InlineData("/api/generate", "{", 400)]
    [InlineData("/api/show", """{"model":"none"}""", 404)]
    [InlineData("/api/embed", "{}", 400)]
    [InlineData("/api/embed", """{"input":"a","truncate":true}""", 400)]
    [InlineData("/api/embed", """{"input":"a","dimensions":0}""", 400)]
    [InlineData("/api/embed", """{"input":"a","dimensions":5}""", 400)]
    [InlineData("/api/embeddings", """{"prompt":"a","dimensions":2}""", 400)]
    [InlineData("/api/embeddings", """{"prompt":["a"]}""", 400)]
    [InlineData("/api/pull", """{"model":"llama3"}""", 501)]
    public async Task What_cannot_be_is_refused_in_Ollamas_words(string path, string body, int status)
    {
        using var response = await PostAsync(path, body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty(await ErrorAsync(response));
    }

    [Fact]
    public async Task Embeddings_are_vectors_with_their_counts()
    {
        using var several = await PostAsync("/api/embed", """{"model":"tiny:latest","input":["a","b"],"keep_alive":"5m"}""");
        using var one = await PostAsync("/api/embeddings", """{"prompt":"a"}""");

        var vector = $"[{string.Join(',', ScriptedReplies.Vector(new TokenInput { Text = "a" }).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
        Assert.Equal($$"""{"model":"tiny:latest","embeddings":[{{vector}},{{vector}}],"total_duration":N,"prompt_eval_count":2}""", Steady(await several.Content.ReadAsStringAsync()));
        using var shorter = await PostAsync("/api/embed", """{"input":"a","dimensions":2}""");
        var two = (await shorter.JsonAsync()).GetProperty("embeddings")[0].EnumerateArray().Select(value => value.GetSingle()).ToList();
        Assert.Equal([0.6f, 0.8f], two.Select(value => MathF.Round(value, 5)));
        Assert.Equal($$"""{"embedding":{{vector}}}""", await one.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Models_are_listed_shown_and_told_when_they_run()
    {
        var tags = await GetAsync("/api/tags");
        Assert.Equal(["tiny:latest"], tags.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.Empty((await GetAsync("/api/ps")).GetProperty("models").EnumerateArray());

        using var show = await PostAsync("/api/show", """{"model":"tiny"}""");
        var shown = await show.JsonAsync();
        Assert.Equal(["completion", "thinking", "embedding"], shown.GetProperty("capabilities").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("llama", "1.5M", "Q8_0"), (Detail("family"), Detail("parameter_size"), Detail("quantization_level")));
        Assert.Equal(4096, shown.GetProperty("model_info").GetProperty("llama.context_length").GetInt32());

        _server.Get<WorkerFleet>().Heard(new WorkerHeartbeat
        {
            WorkerId = "w",
            Pool = "text",
            At = DateTimeOffset.UnixEpoch,
            Leaving = false,
            Models = [new WorkerModelState { Name = "tiny", Slots = 1, SlotsBusy = 0, Loaded = true, Restarts = 0 }],
        });
        Assert.Equal("tiny:latest", (await GetAsync("/api/ps")).GetProperty("models")[0].GetProperty("name").GetString());
        Assert.Matches("^[0-9]+\\.[0-9]+", (await GetAsync("/api/version")).GetProperty("version").GetString());

        string? Detail(string name) => shown.GetProperty("details").GetProperty(name).GetString();
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _server.Client.GetAsync(path, TestTimeout.Token);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _server.PostAsync(path, body, "application/json");

    private static async Task<string> ErrorAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("error").GetString()!;

    private static string Steady(string text) => Regex.Replace(
        Regex.Replace(text, "\"model\":\"tiny:latest\",\"created_at\":\"[0-9T:.-]+Z\"", "HEAD"), "\"total_duration\":[0-9]+", "\"total_duration\":N");
}
