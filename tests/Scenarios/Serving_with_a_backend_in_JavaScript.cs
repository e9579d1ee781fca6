using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>A backend that nobody here wrote the library of, started by its <c>run.sh</c> or running elsewhere, as LocalAI has them.</summary>
public sealed class Serving_with_a_backend_in_JavaScript : IAsyncLifetime
{
    private readonly JavaScriptBackend _backend = new();
    private ServerProcess _host = null!;

    public async ValueTask InitializeAsync() => _host = await StartAsync(_backend.Settings);

    [Fact]
    public async Task It_streams_characters_that_come_in_halves()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("javascript", "js: words=30"), patience);

        Assert.Equal(JavaScriptBackend.Words(30), string.Concat(await stream.ReadTextAsync(patience).ToListAsync(patience)));
    }

    [Fact]
    public async Task Each_of_its_failures_has_a_status_and_its_words()
    {
        foreach (var (said, status, code) in new[]
        {
            ("INVALID_ARGUMENT", 400, "invalid_value"), ("UNIMPLEMENTED", 400, "model_not_supported"), ("RESOURCE_EXHAUSTED", 503, "backend_busy"),
            ("DEADLINE_EXCEEDED", 504, "backend_timeout"), ("INTERNAL", 502, "backend_error"), ("UNKNOWN", 502, "backend_error"),
            ("FAILED_PRECONDITION", 500, "model_load_failed"), ("UNAVAILABLE", 503, "backend_crashed"),
        })
        {
            var (answered, error) = await FailAsync("javascript", $"js: status={said}");

            Assert.Equal((said, status, code), (said, answered, error.GetProperty("code").GetString()));
            Assert.Contains($"the backend says {said}", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("refused", "the weights are for another engine")]
    [InlineData("failing", "CUDA out of memory")]
    public async Task A_model_that_it_cannot_load_is_an_error_with_its_reason(string model, string reason)
    {
        var (status, error) = await FailAsync(model, "js: words=1");

        Assert.Equal((500, "model_load_failed"), (status, error.GetProperty("code").GetString()));
        Assert.Contains(reason, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_death_before_the_first_word_goes_unnoticed()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("javascript", $"js: words=10 die={_backend.Mark("died")}"), patience);

        Assert.Equal(JavaScriptBackend.Words(10), string.Concat(await stream.ReadTextAsync(patience).ToListAsync(patience)));
        Assert.True(File.Exists(_backend.Mark("died")));
    }

    [Fact]
    public async Task A_death_in_mid_answer_is_said_and_the_next_request_is_served()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("javascript", "js: words=1000000"), patience);
        var text = "";
        var error = await stream.ReadUntilErrorAsync(piece =>
        {
            if (text.Length == 0)
            {
                // It dies once a word has arrived: words that are still on their way may die with it.
                using var process = Process.GetProcessById(Assert.Single(BackendProcesses.Under(_host.Id, "backend.mjs")));
                process.Kill();
            }

            text += piece;
            return Task.CompletedTask;
        }, patience);

        Assert.StartsWith(text, JavaScriptBackend.Words(text.Length), StringComparison.Ordinal);
        Assert.Equal("backend_crashed", error.GetProperty("code").GetString());
        Assert.Contains("cannot continue", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        await using var next = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("javascript", "js: words=3"), patience);
        Assert.Equal(JavaScriptBackend.Words(3), string.Concat(await next.ReadTextAsync(patience).ToListAsync(patience)));
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_call()
    {
        var patience = Patience.Token();
        await using (var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("javascript", $"js: words=1000000 cancelled={_backend.Mark("cancelled")}"), patience))
        {
            await using var reader = stream.ReadTextAsync(patience).GetAsyncEnumerator(patience);
            Assert.True(await reader.MoveNextAsync());
        }

        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!File.Exists(_backend.Mark("cancelled")))
        {
            await poll.WaitForNextTickAsync(patience);
        }

        await Metrics.WaitForAsync(_host.Client, "slots_busy", 0, patience);
    }

    [Fact]
    public async Task One_that_runs_elsewhere_is_served_and_after_its_restart_loads_its_model_again()
    {
        var patience = Patience.Token();
        var port = FreePort.Next();
        await using var host = await StartAsync(new Dictionary<string, string>([.. _backend.Settings, new("Workers:Backends:External:javascript", $"127.0.0.1:{port}")]));
        for (var start = 0; start < 2; start++)
        {
            using var elsewhere = JavaScriptBackend.StartElsewhere(port);
            try
            {
                await using var stream = await ChatStream.OpenAsync(host.Client, ChatStream.Request("javascript", "js: words=5"), patience);
                Assert.Equal(JavaScriptBackend.Words(5), string.Concat(await stream.ReadTextAsync(patience).ToListAsync(patience)));
            }
            finally
            {
                elsewhere.Kill();
                await elsewhere.WaitForExitAsync(patience);
            }
        }

        Assert.Empty(BackendProcesses.Under(host.Id, "backend.mjs"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _backend.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(Dictionary<string, string> settings)
    {
        var patience = Patience.Token();
        var host = await ServerProcess.StartAsync("Standalone", settings, patience);
        await host.WaitUntilReadyAsync(patience);
        return host;
    }

    private async Task<(int Status, JsonElement Error)> FailAsync(string model, string prompt)
    {
        var patience = Patience.Token();
        using var answer = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request(model, prompt, new { stream = false }), patience);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("error"));
    }
}
