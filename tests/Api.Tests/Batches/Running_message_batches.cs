using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.ObjectStorage;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Batches;

public sealed class Running_message_batches : IAsyncLifetime
{
    private const string Path = "/v1/messages/batches";

    private ApiServer _server = null!;
    private FileClient _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(new Dictionary<string, string?>(FileClient.TwoKeys) { ["Batches:LinesAtOnce"] = "1" });
        _alice = new FileClient(_server, "key-of-alice");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_batch_gives_each_request_its_result()
    {
        var created = await CreateAsync(Request("a", "one"), Request("b", "two", maxTokens: 0));
        var id = created.GetProperty("id").GetString()!;
        Assert.Equal(("message_batch", "in_progress", 2), (created.GetProperty("type").GetString(), created.GetProperty("processing_status").GetString(), created.GetProperty("request_counts").GetProperty("processing").GetInt32()));
        Assert.StartsWith("msgbatch_", id, StringComparison.Ordinal);
        var job = await _server.Worker.NextJobAsync();
        await BatchBench.AnswerAsync(job);

        var ended = await EndedAsync(id);

        Assert.Equal("""{"processing":0,"succeeded":1,"errored":1,"canceled":0,"expired":0}""", ended.GetProperty("request_counts").GetRawText());
        Assert.Equal($"{_server.Address}v1/messages/batches/{id}/results", ended.GetProperty("results_url").GetString());
        var results = await ResultsAsync(id);
        Assert.Equal("echo one", results["a"].GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(("errored", "invalid_request_error"), (results["b"].GetProperty("type").GetString(), results["b"].GetProperty("error").GetProperty("error").GetProperty("type").GetString()));

        Assert.Equal($$"""{"id":"{{id}}","type":"message_batch_deleted"}""", (await _alice.JsonAsync(HttpMethod.Delete, $"{Path}/{id}")).GetRawText());
        Assert.Equal(404, (await StatusAsync(_alice, HttpMethod.Get, $"{Path}/{id}")).Status);
        await foreach (var left in _server.Get<IObjectStore>().ListAsync(ObjectKeys.Batch(id), TestTimeout.Token))
        {
            Assert.Fail($"{left.Key} is left");
        }
    }

    [Fact]
    public async Task A_cancelled_batch_tells_what_did_not_run()
    {
        var id = (await CreateAsync(Request("a", "one"), Request("b", "two"))).GetProperty("id").GetString()!;
        await _server.Worker.NextJobAsync();
        Assert.Equal((400, "invalid_request_error"), await StatusAsync(_alice, HttpMethod.Delete, $"{Path}/{id}"));
        Assert.Equal((400, "invalid_request_error"), await StatusAsync(_alice, HttpMethod.Get, $"{Path}/{id}/results"));

        var cancelling = await _alice.JsonAsync(HttpMethod.Post, $"{Path}/{id}/cancel");
        Assert.NotEqual(JsonValueKind.Null, cancelling.GetProperty("cancel_initiated_at").ValueKind);
        var ended = await EndedAsync(id);

        Assert.Equal(2, ended.GetProperty("request_counts").GetProperty("canceled").GetInt32());
        Assert.All((await ResultsAsync(id)).Values, result => Assert.Equal("canceled", result.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Another_key_sees_none_of_it()
    {
        var id = (await CreateAsync(Request("a", "one"))).GetProperty("id").GetString()!;
        var bob = new FileClient(_server, "key-of-bob");
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/results"), (HttpMethod.Post, "/cancel"), (HttpMethod.Delete, "") })
        {
            Assert.Equal((404, "not_found_error"), await StatusAsync(bob, method, $"{Path}/{id}{path}"));
        }

        Assert.Empty((await bob.JsonAsync(HttpMethod.Get, Path)).GetProperty("data").EnumerateArray());
        Assert.Equal(id, (await _alice.JsonAsync(HttpMethod.Get, Path)).GetProperty("first_id").GetString());
        Assert.Equal(404, (await StatusAsync(_alice, HttpMethod.Get, $"/v1/batches/{id}")).Status);
    }

    [Fact]
    public async Task Wrong_requests_are_refused_in_Anthropics_shape()
    {
        foreach (var body in new object[]
        {
            new { },
            new { requests = Array.Empty<object>() },
            new { requests = new object[] { new { custom_id = "a" } } },
            new { requests = new object[] { new { custom_id = "a b", @params = new { } } } },
            new { requests = new object[] { Request("a", "x"), Request("a", "x") } },
            new { requests = new object[] { new { custom_id = "a", @params = new { stream = true } } } },
            new { requests = new object[] { new { custom_id = "a", @params = new { }, colour = 1 } } },
        })
        {
            Assert.Equal((400, "invalid_request_error"), await StatusAsync(_alice, HttpMethod.Post, Path, body));
        }
    }

    private static object Request(string id, string text, int maxTokens = 16) =>
        new { custom_id = id, @params = new { model = "tiny", max_tokens = maxTokens, messages = new[] { new { role = "user", content = text } } } };

    private static async Task<(int Status, string? Type)> StatusAsync(FileClient client, HttpMethod method, string path, object? body = null)
    {
        using var content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(method, path, content);
        var error = (await response.JsonAsync()).GetProperty("error");
        return ((int)response.StatusCode, error.GetProperty("type").GetString());
    }

    private Task<JsonElement> CreateAsync(params object[] requests) => _alice.JsonAsync(HttpMethod.Post, Path, new { requests });

    private async Task<JsonElement> EndedAsync(string id)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var patience = TestTimeout.Token;
        while (true)
        {
            var batch = await _alice.JsonAsync(HttpMethod.Get, $"{Path}/{id}");
            if (batch.GetProperty("processing_status").GetString() == "ended")
            {
                return batch;
            }

            await poll.WaitForNextTickAsync(patience);
        }
    }

    private async Task<Dictionary<string, JsonElement>> ResultsAsync(string id)
    {
        using var response = await _alice.SendAsync(HttpMethod.Get, $"{Path}/{id}/results");
        return (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("custom_id").GetString()!, line => line.GetProperty("result"), StringComparer.Ordinal);
    }
}
