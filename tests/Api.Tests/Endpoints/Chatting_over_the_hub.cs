using System.Net.WebSockets;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Chatting_over_the_hub
{
    private const string Hi = """{"messages":[{"role":"user","content":"hi"}]}""";

    private static readonly Dictionary<string, string?> Keys = new()
    {
        ["Access:Keys:0:Name"] = "alice", ["Access:Keys:0:Key"] = "alice-key", ["Access:Keys:1:Name"] = "bob", ["Access:Keys:1:Key"] = "bobs--key",
    };

    [Fact]
    public async Task Items_are_the_chunks_of_the_http_api()
    {
        await using var server = await ApiServer.StartAsync();
        await using var client = await HubClient.ConnectAsync(server);
        await client.StreamAsync("s1", Hi);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("one");
        var id = $"chatcmpl-{job.Command.JobId:N}";

        Assert.Equal(
            """{"id":"ID","object":"chat.completion.chunk",HEAD,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}""",
            Answers.Steady((await client.ItemAsync()).GetRawText(), id));
        Assert.Equal("one", (await client.ItemAsync()).GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString());
        await job.FinishAsync();
        Assert.Equal("stop", (await client.ItemAsync()).GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("""{"type":3,"invocationId":"s1"}""", (await client.NextAsync()).GetRawText());
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "invalid_value")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"model":"none"}""", "model_not_found")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"n":1,"n":2}""", "duplicate_field")]
    [InlineData("5", "invalid_type")]
    public async Task Bad_requests_end_with_the_error_as_item(string request, string code)
    {
        await using var server = await ApiServer.StartAsync();
        await using var client = await HubClient.ConnectAsync(server);

        await client.StreamAsync("s1", request);

        Assert.Equal(code, (await client.ItemAsync()).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(3, (await client.NextAsync()).GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task Failure_in_mid_stream_is_the_last_item()
    {
        await using var server = await ApiServer.StartAsync();
        await using var client = await HubClient.ConnectAsync(server);
        await client.StreamAsync("s1", Hi);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("one");
        _ = await client.ItemAsync();
        _ = await client.ItemAsync();

        await job.FailAsync(FailureCode.WorkerGone, "It went.");

        Assert.Equal("worker_gone", (await client.ItemAsync()).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(3, (await client.NextAsync()).GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task Ending_the_stream_or_the_connection_cancels()
    {
        await using var server = await ApiServer.StartAsync();
        await using var client = await HubClient.ConnectAsync(server);
        await client.StreamAsync("s1", Hi);
        var first = await server.Worker.NextJobAsync();

        await client.CancelStreamAsync("s1");
        Assert.Equal(first.Command.JobId, (await server.Worker.NextCancellationAsync()).JobId);
        await client.StreamAsync("s2", Hi);
        var second = await server.Worker.NextJobAsync();
        await client.DisposeAsync();

        Assert.Equal(second.Command.JobId, (await server.Worker.NextCancellationAsync()).JobId);
    }

    [Fact]
    public async Task Only_its_owner_cancels_a_stream_by_its_id()
    {
        await using var server = await ApiServer.StartAsync(Keys);
        await using var alice = await HubClient.ConnectAsync(server, "?access_token=alice-key");
        await using var bob = await HubClient.ConnectAsync(server, "?access_token=bobs--key");
        await using var alsoAlice = await HubClient.ConnectAsync(server, "?access_token=alice-key");
        await alice.StreamAsync("s1", Hi);
        var job = await server.Worker.NextJobAsync();
        Assert.Equal("alice", job.Command.Owner);
        await job.TextAsync("one");
        var id = (await alice.ItemAsync()).GetProperty("id").GetString()!;

        Assert.False(await bob.CancelAsync(id));
        Assert.True(await alsoAlice.CancelAsync(id));

        Assert.Equal(job.Command.JobId, (await server.Worker.NextCancellationAsync()).JobId);
        Assert.False(await alsoAlice.CancelAsync(id));
        _ = await alice.ItemAsync();
        Assert.Equal("cancelled", (await alice.ItemAsync()).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Without_a_key_or_from_a_foreign_page_nobody_connects()
    {
        await using var locked = await ApiServer.StartAsync(Keys);
        await using var open = await ApiServer.StartAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => HubClient.ConnectAsync(locked));
        await Assert.ThrowsAsync<WebSocketException>(() => HubClient.ConnectAsync(open, origin: "https://evil.example"));
    }
}
