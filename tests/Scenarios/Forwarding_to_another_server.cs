using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>The backend <c>openai</c>, in front of our own standalone host.</summary>
public sealed class Forwarding_to_another_server : IAsyncLifetime
{
    private const string Sees = "known_input_modalities: [image, audio]";

    private readonly FakeModels _models = new(moreYaml: Sees);
    private readonly ForwardingModels _forwarding = new();
    private ServerProcess _upstream = null!;
    private ServerProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        var patience = Patience.Token();
        _upstream = await ServerProcess.StartAsync("Standalone", _models.Settings, patience);
        _forwarding.Add("remote", "fake", _upstream.Address, Sees);
        _forwarding.Add("unknown-there", "no-such-model", _upstream.Address);
        _host = await ServerProcess.StartAsync("Standalone", _forwarding.Settings, patience);
        await _upstream.WaitUntilReadyAsync(patience);
        await _host.WaitUntilReadyAsync(patience);
    }

    [Fact]
    public async Task Its_answer_streams_through()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("remote", "fake: tokens=30 pause=1"), patience);

        var pieces = await stream.ReadTextAsync(patience).ToListAsync(patience);

        Assert.Equal(FakeModels.Words(0, 30), string.Concat(pieces));
        Assert.InRange(pieces.Count, 2, 30);
    }

    [Fact]
    public async Task Pictures_and_sounds_reach_the_backend_behind_it()
    {
        const string Picture = "iVBORw0KGgo=", Sound = "UklGRgAAAABXQVZFZm10IA==";
        var patience = Patience.Token();
        object[] content =
        [
            new { type = "text", text = "fake: told" },
            new { type = "image_url", image_url = new { url = $"data:image/png;base64,{Picture}" } },
            new { type = "input_audio", input_audio = new { data = Sound, format = "wav" } },
        ];
        using var answer = await _host.Client.PostAsJsonAsync("/v1/chat/completions", new { model = "remote", messages = new[] { new { role = "user", content } } }, patience);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(patience);

        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        Assert.Equal($"images: {Picture}; audios: {Sound}", body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Its_counts_and_its_reason_are_told()
    {
        var answer = await AskAsync("remote", "fake: tokens=30", new { stream = false, max_tokens = 12 });

        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(FakeModels.Words(0, 12), answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(12, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(3, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Its_errors_are_told_and_what_it_cannot_be_told_is_refused()
    {
        var missing = await AskAsync("unknown-there", "Hello", new { stream = false });
        var grammar = await AskAsync("remote", "Hello", new { stream = false, grammar = "root ::= \"yes\"" });
        var mirostat = await AskAsync("remote", "Hello", new { stream = false, mirostat = 2 });

        Assert.Contains("no-such-model", missing.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("model_not_supported", grammar.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("mirostat", mirostat.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_frees_the_slot_there()
    {
        var patience = Patience.Token();
        await using (var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("remote", $"fake: tokens=40 stall-after=5 until={_models.Signal("never")}"), patience))
        {
            await using var reader = stream.ReadTextAsync(patience).GetAsyncEnumerator(patience);
            Assert.True(await reader.MoveNextAsync());
        }

        await Metrics.WaitForAsync(_upstream.Client, "open_jobs", 0, patience);
        await Metrics.WaitForAsync(_upstream.Client, "slots_busy", 0, patience);
    }

    [Fact]
    public async Task Its_death_in_mid_answer_is_said_and_it_is_asked_again_for_a_while()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("remote", $"fake: tokens=40 stall-after=5 until={_models.Signal("never")}"), patience);
        var text = "";
        var error = await stream.ReadUntilErrorAsync(async piece =>
        {
            text += piece;
            if (text == FakeModels.Words(0, 5))
            {
                await _upstream.KillAsync(patience);
            }
        }, patience);

        Assert.Equal("backend_error", error.GetProperty("code").GetString());
        Assert.Contains("broke off in mid-answer", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        var next = await AskAsync("remote", "fake: tokens=1", new { stream = false });
        Assert.Contains("cannot be reached", next.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _upstream.DisposeAsync();
        _forwarding.Dispose();
        _models.Dispose();
    }

    private async Task<JsonElement> AskAsync(string model, string prompt, object more)
    {
        var patience = Patience.Token();
        using var answer = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request(model, prompt, more), patience);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(patience);
    }
}
