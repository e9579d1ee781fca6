using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Deadline_OfTheClient_EndsTheCallOnBothSides()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        var failure = await Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token, Soon));
        Assert.Equal(GrpcStatus.DeadlineExceeded, failure.Status);
        await service.Ended.OrTimeout("the service's token");
        Assert.NotNull(service.Context.Deadline);
    }

    [Fact]
    public async Task Deadline_OfAStream_EndsItAfterItsMessages()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        // The one message that comes before the wait may lose the race against the deadline on a busy machine.
        var (failure, _) = await Failing.Of(connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token, Soon));
        Assert.Equal(GrpcStatus.DeadlineExceeded, failure.Status);
    }

    [Fact]
    public async Task Deadline_AlreadyPast_SendsNothing()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        var failure = await Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token, TimeSpan.Zero));
        Assert.Equal(GrpcStatus.DeadlineExceeded, failure.Status);
        Assert.False(service.Started.IsCompleted);
    }

    [Fact]
    public async Task Deadline_NotReached_ChangesNothing()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService());
        Assert.Equal("OK", (await connected.Client.HealthAsync(TestTimeout.Token, TimeSpan.MaxValue)).Message.ToStringUtf8());
        Assert.Equal("OK", (await connected.Client.HealthAsync(TestTimeout.Token, TimeSpan.FromHours(1))).Message.ToStringUtf8());
    }

    [Theory]
    [InlineData("Predict")]
    [InlineData("PredictStream")]
    public async Task Deadline_OfACallerThatWaitsOn_IsAnsweredByTheServer(string call)
    {
        var service = new WaitingService();
        await using var server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), service, cancellationToken: TestTimeout.Token);
        using var caller = new RawCaller(server.Address);
        var answer = await caller.PostAsync(Frames.Of(new PredictOptions()), $"/backend.Backend/{call}", headers: ("grpc-timeout", "50m"));
        Assert.Equal(GrpcStatus.DeadlineExceeded, answer.Status);
    }

    [Theory]
    [InlineData("0m", GrpcStatus.DeadlineExceeded)]
    [InlineData("soon", GrpcStatus.Internal)]
    public async Task Timeout_InTheHeader_IsTakenAsItIs(string header, GrpcStatus expected)
    {
        await using var server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), new WaitingService(), cancellationToken: TestTimeout.Token);
        using var caller = new RawCaller(server.Address);
        Assert.Equal(expected, (await caller.PostAsync(Frames.Of(new PredictOptions()), headers: ("grpc-timeout", header))).Status);
    }

    [Fact]
    public async Task Timeout_LongerThanAnyClock_IsNone()
    {
        BackendCallContext? seen = null;
        await using var server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), new ScriptedService
        {
            Predict = (_, context) =>
            {
                seen = context;
                return Task.FromResult(new Reply());
            },
        }, cancellationToken: TestTimeout.Token);
        using var caller = new RawCaller(server.Address);
        Assert.Equal(GrpcStatus.Ok, (await caller.PostAsync(Frames.Of(new PredictOptions()), headers: ("grpc-timeout", "99999999H"))).Status);
        Assert.Null(seen!.Deadline);
    }
}
