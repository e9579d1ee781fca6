using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class MessageSizeTests
{
    private const int Limit = 100_000;

    private static readonly BackendClientOptions LimitedClient = BackendClientOptions.OwnBackend with { MaxMessageBytes = Limit };
    private static readonly BackendServerOptions LimitedServer = new() { MaxMessageBytes = Limit };

    [Fact]
    public async Task Messages_OfExactlyTheLimit_PassBothWays()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { Predict = Mirror, PredictStream = MirrorStream }, server: LimitedServer, client: LimitedClient);
        var request = Request(Limit);
        Assert.Equal(Limit, request.CalculateSize());
        Assert.Equal(Limit, (await connected.Client.PredictAsync(request, TestTimeout.Token)).CalculateSize());
        var streamed = await connected.Client.PredictStreamAsync(request, TestTimeout.Token).ToListAsync(TestTimeout.Token);
        Assert.Equal([Limit, Limit], streamed.Select(reply => reply.CalculateSize()));
    }

    [Fact]
    public async Task Request_OverTheLimitOfTheClient_IsNotSent()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service, client: LimitedClient);
        await AssertTooLargeAsync(connected.Client.PredictAsync(Request(Limit + 1), TestTimeout.Token));
        Assert.False(service.Started.IsCompleted);
    }

    [Fact]
    public async Task Request_OverTheLimitOfTheServer_IsRefused()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { Predict = Mirror }, server: LimitedServer);
        await AssertTooLargeAsync(connected.Client.PredictAsync(Request(Limit + 1), TestTimeout.Token));
        await AssertTooLargeAsync(connected.Client.PredictAsync(Request(Limit * 200), TestTimeout.Token));
        Assert.Equal("OK", (await connected.Client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Answer_OverTheLimitOfTheServer_FailsTheCall()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { Predict = (_, _) => Task.FromResult(Reply(Limit + 1)) }, server: LimitedServer);
        await AssertTooLargeAsync(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
    }

    [Fact]
    public async Task Answer_OverTheLimitOfTheClient_FailsTheCallAndFreesTheService()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { Predict = (_, _) => Task.FromResult(Reply(Limit + 1)) }, client: LimitedClient);
        await AssertTooLargeAsync(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal("OK", (await connected.Client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Messages_OfTensOfMegabytes_PassByDefault()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { Predict = Mirror });
        var request = Request(MessageLimitOfTheReadme);
        Assert.Equal(MessageLimitOfTheReadme, (await connected.Client.PredictAsync(request, TestTimeout.Token)).CalculateSize());
    }

    private const int MessageLimitOfTheReadme = 64 * 1024 * 1024;

    private static async Task AssertTooLargeAsync(Task call) =>
        Assert.Equal(GrpcStatus.ResourceExhausted, (await Failing.Of(call)).Status);

    private static Task<Reply> Mirror(PredictOptions request, BackendCallContext context) => Task.FromResult(Reply(request.CalculateSize()));

    private static async IAsyncEnumerable<Reply> MirrorStream(PredictOptions request, BackendCallContext context)
    {
        yield return Reply(request.CalculateSize());
        await Task.Yield();
        yield return Reply(request.CalculateSize());
    }

    private static PredictOptions Request(int size)
    {
        var request = new PredictOptions { Prompt = new string('a', size) };
        request.Prompt = new string('a', size - (request.CalculateSize() - size));
        return request;
    }

    private static Reply Reply(int size)
    {
        var reply = new Reply { Message = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
        reply.Message = UnsafeByteOperations.UnsafeWrap(new byte[size - (reply.CalculateSize() - size)]);
        return reply;
    }
}
