using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

/// <summary>Our client, answered by @grpc/grpc-js.</summary>
public sealed class Calls_to_grpc_js : IAsyncLifetime
{
    private readonly SocketFolder _folder = new();
    private GrpcJs _server = null!;
    private BackendClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        (_server, var address) = await GrpcJs.ServeAsync(_folder.Address);
        _client = new BackendClient(address);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Unary_IsAnswered_AlsoOverTcp()
    {
        Assert.Equal("OK", (await _client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        var (server, address) = await GrpcJs.ServeAsync(BackendAddress.Parse("127.0.0.1:0"));
        await using (server)
        {
            await using var client = new BackendClient(address, BackendClientOptions.OwnBackend);
            Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        }
    }

    [Fact]
    public async Task Request_WithAllKindsOfFields_ArrivesWhole()
    {
        var request = new PredictOptions
        {
            Prompt = "echo",
            Seed = -5,
            Temperature = 0.5f,
            IgnoreEOS = true,
            StopPrompts = { "a", "größe" },
            EmbeddingTokens = { 1, -2, 300_000 },
            Metadata = { ["k"] = "v" },
            Messages = { new Message { Role = "user", Content = "hi 🙂" } },
            Continuation = "ours",
        };
        var seen = JsonNode.Parse((await _client.PredictAsync(request, TestTimeout.Token)).Message.ToStringUtf8())!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"Prompt":"echo","Seed":-5,"Temperature":0.5,"IgnoreEOS":true,"StopPrompts":["a","größe"],"EmbeddingTokens":[1,-2,300000],
             "Metadata":{"k":"v"},"Messages":[{"role":"user","content":"hi 🙂"}],"Continuation":"ours"}
            """), seen), seen.ToJsonString());
    }

    [Fact]
    public async Task Metadata_AndDeadline_Arrive()
    {
        await using var client = new BackendClient(_client.Address, BackendClientOptions.AnyBackend with { Metadata = new Dictionary<string, string> { ["x-test"] = "value" } });
        var seen = JsonNode.Parse((await client.PredictAsync(new PredictOptions { Prompt = "seen" }, TestTimeout.Token, TimeSpan.FromMinutes(5))).Message.ToStringUtf8())!;
        Assert.Equal(("value", true), ((string?)seen["metadata"]!["x-test"], (bool)seen["deadline"]!));
    }

    [Fact]
    public async Task Stream_OfManyMessages_ComesInOrder()
    {
        var next = 0;
        await foreach (var reply in _client.PredictStreamAsync(new PredictOptions { Prompt = "count", Tokens = 5000 }, TestTimeout.Token))
        {
            Assert.Equal(next++, reply.Tokens);
        }

        Assert.Equal(5000, next);
    }

    [Fact]
    public async Task Message_OfMegabytes_Passes() =>
        Assert.Equal(20_000_000, (await _client.PredictAsync(new PredictOptions { Prompt = "large", Tokens = 20_000_000 }, TestTimeout.Token)).Message.Length);

    [Fact]
    public async Task Failure_OfEveryStatus_ComesWithMessageAndTrailers()
    {
        foreach (var status in StatusTests.AllFailures)
        {
            var failure = await Failing.Of(_client.PredictAsync(new PredictOptions { Prompt = "fail", Seed = (int)status }, TestTimeout.Token));
            Assert.Equal((status, "größer als 100 %", "250"), (failure.Status, failure.Message, failure.Trailers["retry-after-ms"]));
            (failure, var received) = await Failing.Of(_client.PredictStreamAsync(new PredictOptions { Prompt = "fail", Seed = (int)status }, TestTimeout.Token));
            Assert.Equal((status, "größer als 100 % in mid-stream", 2), (failure.Status, failure.Message, received));
        }
    }

    [Fact]
    public async Task Call_ThatItDoesNotHave_IsUnimplemented() =>
        Assert.Equal(GrpcStatus.Unimplemented, (await Failing.Of(_client.VadAsync(new VADRequest(), TestTimeout.Token))).Status);

    [Fact]
    public async Task Deadline_EndsTheCallThere()
    {
        var call = Failing.Of(_client.PredictAsync(new PredictOptions { Prompt = "forever" }, TestTimeout.Token, TimeSpan.FromSeconds(2)));
        Assert.True((bool)(await _server.ReadAsync())["started"]!);
        Assert.Equal(GrpcStatus.DeadlineExceeded, (await call).Status);
        Assert.True((bool)(await _server.ReadAsync())["cancelled"]!);
    }

    [Fact]
    public async Task Cancellation_EndsTheCallThere()
    {
        using var cancellation = new CancellationTokenSource();
        var call = _client.PredictAsync(new PredictOptions { Prompt = "forever" }, cancellation.Token);
        Assert.True((bool)(await _server.ReadAsync())["started"]!);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True((bool)(await _server.ReadAsync())["cancelled"]!);
    }

    [Fact]
    public async Task Enumeration_LeftEarly_EndsTheCallThere()
    {
        await foreach (var _ in _client.PredictStreamAsync(new PredictOptions { Prompt = "forever" }, TestTimeout.Token))
        {
            break;
        }

        Assert.True((bool)(await _server.ReadAsync())["cancelled"]!);
    }

    [Fact]
    public async Task Death_InMidStream_IsUnavailable()
    {
        await using var stream = _client.PredictStreamAsync(new PredictOptions { Prompt = "forever" }, TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        _server.Kill();
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync())).Status);
    }
}
