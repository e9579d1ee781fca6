using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

/// <summary>Our server, called by @grpc/grpc-js.</summary>
public sealed class Calls_from_grpc_js : IDisposable
{
    private readonly SocketFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unary_IsAnswered(bool overTcp)
    {
        await using var server = await ServeAsync(new ScriptedService { Predict = (request, _) => Task.FromResult(Describe(request)) }, overTcp);
        await using var client = GrpcJs.ClientOf(server.Address);
        await client.CallAsync("Health", new { });
        Assert.Equal("OK", Text(Assert.Single((await client.ReadCallAsync()).Messages)));
        await client.CallAsync("Predict", new
        {
            Prompt = "größe 🙂",
            Seed = -5,
            Temperature = 0.5,
            IgnoreEOS = true,
            StopPrompts = new[] { "a", "b" },
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
            Messages = new[] { new { role = "user", content = "hi" } },
            Continuation = "ours",
        });
        var (messages, status, _) = await client.ReadCallAsync();
        Assert.Equal(GrpcStatus.Ok, status);
        Assert.Equal("größe 🙂|-5|0.5|True|a,b|k=v|user:hi|ours", Text(Assert.Single(messages)));
    }

    [Fact]
    public async Task Stream_OfManyMessages_ComesInOrder()
    {
        await using var server = await ServeAsync(new ScriptedService { PredictStream = (request, _) => AsyncEnumerable.Range(0, request.Tokens).Select(i => new Reply { Tokens = i, Message = ByteString.CopyFromUtf8("abc") }) });
        await using var client = GrpcJs.ClientOf(server.Address);
        await client.CallAsync("PredictStream", new { Tokens = 5000 });
        var (messages, status, end) = await client.ReadCallAsync();
        Assert.True(status == GrpcStatus.Ok, end.ToJsonString());
        Assert.Equal(Enumerable.Range(0, 5000), messages.Select(message => (int?)message["tokens"] ?? 0));
    }

    [Fact]
    public async Task Message_OfMegabytes_Passes()
    {
        await using var server = await ServeAsync(new ScriptedService { Predict = (request, _) => Task.FromResult(new Reply { Message = ByteString.CopyFromUtf8(request.Prompt) }) });
        await using var client = GrpcJs.ClientOf(server.Address);
        var prompt = new string('x', 5_000_000);
        await client.CallAsync("Predict", new { Prompt = prompt });
        Assert.Equal(prompt, Text(Assert.Single((await client.ReadCallAsync()).Messages)));
    }

    [Fact]
    public async Task Failure_OfEveryStatus_ComesWithMessageAndTrailers()
    {
        BackendCallException? failing = null;
        await using var server = await ServeAsync(new ScriptedService { Predict = (_, _) => throw failing!, PredictStream = (_, _) => OneThenFail(failing!) });
        await using var client = GrpcJs.ClientOf(server.Address);
        foreach (var expected in StatusTests.AllFailures)
        {
            var text = $"größer als 100 % \n {expected}";
            failing = new BackendCallException(expected, text) { Trailers = new Dictionary<string, string> { ["retry-after-ms"] = "250" } };
            await client.CallAsync("Predict", new { });
            var (_, status, end) = await client.ReadCallAsync();
            Assert.Equal((expected, text, "250"), (status, (string?)end["details"], (string?)end["metadata"]!["retry-after-ms"]));
            await client.CallAsync("PredictStream", new { });
            (var messages, status, end) = await client.ReadCallAsync();
            Assert.Equal((expected, text), (status, (string?)end["details"]));
            Assert.Single(messages);
        }
    }

    [Fact]
    public async Task Call_ThatIsNotImplemented_SaysSo()
    {
        await using var server = await ServeAsync(new ScriptedService());
        await using var client = GrpcJs.ClientOf(server.Address);
        await client.CallAsync("VAD", new { audio = new[] { 0.5 } });
        Assert.Equal(GrpcStatus.Unimplemented, (await client.ReadCallAsync()).Status);
    }

    [Theory]
    [InlineData("Predict")]
    [InlineData("PredictStream")]
    public async Task Deadline_EndsTheCallInTheService(string call)
    {
        var service = new WaitingService();
        await using var server = await ServeAsync(service);
        await using var client = GrpcJs.ClientOf(server.Address);
        // Long enough to arrive on a busy machine: a call that never arrives has nothing to end.
        await client.CallAsync(call, new { }, deadlineMs: 2000);
        Assert.Equal(GrpcStatus.DeadlineExceeded, (await client.ReadCallAsync()).Status);
        await service.Ended.OrTimeout("the service's token");
        Assert.NotNull((await service.Started).Deadline);
    }

    [Fact]
    public async Task Cancellation_EndsTheCallInTheService()
    {
        var service = new WaitingService();
        await using var server = await ServeAsync(service);
        await using var client = GrpcJs.ClientOf(server.Address);
        await client.CallAsync("PredictStream", new { }, cancelAfter: 1);
        var (messages, status, _) = await client.ReadCallAsync();
        Assert.Equal(GrpcStatus.Cancelled, status);
        Assert.Single(messages);
        await service.Ended.OrTimeout("the service's token");
    }

    [Fact]
    public async Task Metadata_ReachesTheService()
    {
        await using var server = await ServeAsync(new ScriptedService
        {
            Predict = (_, context) => Task.FromResult(new Reply { Message = ByteString.CopyFromUtf8(context.RequestHeaders["x-test"]) }),
        });
        await using var client = GrpcJs.ClientOf(server.Address);
        await client.CallAsync("Predict", new { }, metadata: new Dictionary<string, string> { ["x-test"] = "value" });
        Assert.Equal("value", Text(Assert.Single((await client.ReadCallAsync()).Messages)));
    }

    [Fact]
    public async Task Shutdown_IsUnavailable()
    {
        var service = new WaitingService();
        await using var server = await ServeAsync(service);
        await using var client = GrpcJs.ClientOf(server.Address);
        await client.CallAsync("PredictStream", new { });
        await service.Started.OrTimeout("the call");
        await server.DisposeAsync();
        Assert.Equal(GrpcStatus.Unavailable, (await client.ReadCallAsync()).Status);
    }

    private Task<BackendServer> ServeAsync(BackendService service, bool overTcp = false) =>
        BackendServer.StartAsync(overTcp ? BackendAddress.Parse("127.0.0.1:0") : _folder.Address, service, cancellationToken: TestTimeout.Token);

    private static Reply Describe(PredictOptions request) => new()
    {
        Message = ByteString.CopyFromUtf8(string.Join('|', request.Prompt, request.Seed, request.Temperature.ToString(CultureInfo.InvariantCulture), request.IgnoreEOS,
            string.Join(',', request.StopPrompts), string.Join(',', request.Metadata.Select(pair => $"{pair.Key}={pair.Value}")),
            string.Join(',', request.Messages.Select(message => $"{message.Role}:{message.Content}")), request.Continuation)),
    };

    private static string Text(JsonNode message) => Encoding.UTF8.GetString(Convert.FromBase64String((string)message["message"]!));

    private static async IAsyncEnumerable<Reply> OneThenFail(Exception exception)
    {
        yield return new Reply { Tokens = 1 };
        await Task.Yield();
        throw exception;
    }
}
