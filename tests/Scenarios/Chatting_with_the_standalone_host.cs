using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Chatting_with_the_standalone_host : IAsyncLifetime
{
    private const string Sentence = "This is a test!";

    private static readonly Dictionary<string, string> Settings = new() { ["urls"] = "http://127.0.0.1:0" };

    private ServerProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        var patience = Patience.Token();
        _host = await ServerProcess.StartAsync("Standalone", Settings, patience);
        await _host.WaitUntilReadyAsync(patience);
    }

    [Fact]
    public async Task The_first_request_of_the_README_streams_the_sentence()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("tiny-chat", "Say this is a test!"), patience);

        var pieces = await stream.ReadTextAsync(patience).ToListAsync(patience);

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Sentence, string.Concat(pieces));
    }

    [Fact]
    public async Task A_longer_answer_comes_in_many_pieces()
    {
        var patience = Patience.Token();
        await using var stream = await ChatStream.OpenAsync(_host.Client, ChatStream.Request("tiny-chat", "Tell me a story", new { ignore_eos = true, max_tokens = 400 }), patience);

        var pieces = await stream.ReadTextAsync(patience).ToListAsync(patience);

        // Tokens are joined only while a reader or a core is behind.
        Assert.InRange(pieces.Count, 10, 400);
    }

    [Fact]
    public async Task The_whole_answer_comes_with_its_usage()
    {
        var patience = Patience.Token();
        using var answer = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("tiny-chat", "Say this is a test!", new { stream = false }), patience);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(patience);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Sentence, body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        var usage = body.GetProperty("usage");
        Assert.InRange(usage.GetProperty("completion_tokens").GetInt32(), 3, 20);
        Assert.Equal(usage.GetProperty("total_tokens").GetInt32(), usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_grammar_holds_the_answer_and_a_broken_one_is_refused_by_name()
    {
        var patience = Patience.Token();
        using var held = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("tiny-chat", "Hello", new { stream = false, grammar = "root ::= \"yes\" | \"no\"" }), patience);
        using var broken = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("tiny-chat", "Hello", new { stream = false, grammar = "root ::= (" }), patience);

        var text = (await held.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        Assert.Contains(text, (string[])["yes", "no"]);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Contains("grammar", await broken.Content.ReadAsStringAsync(patience), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_model_is_refused_and_the_ones_there_are_named()
    {
        var patience = Patience.Token();
        using var answer = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("no-such-model", "Hello"), patience);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("error");
        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
        Assert.Contains("tiny-chat", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_over_the_context_is_refused_with_both_numbers()
    {
        var patience = Patience.Token();
        using var answer = await _host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("tiny-chat", string.Concat(Enumerable.Repeat("hello there ", 3000))), patience);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("2048", await answer.Content.ReadAsStringAsync(patience), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}
