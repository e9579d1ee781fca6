using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class SilenceTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Silence_OfACallThatWaits_GrowsUntilItEnds()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestTimeout.Token);
        var call = connected.Client.PredictAsync(new PredictOptions(), cancel.Token);
        await service.Started.OrTimeout("the call");

        var silence = connected.Client.Silence;
        Assert.Equal(1, silence.Calls);
        Assert.True(silence.Shortest > TimeSpan.Zero);
        Assert.True(connected.Client.Silence.Longest > silence.Shortest);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(default, connected.Client.Silence);
    }

    [Fact]
    public async Task Silence_OfAStreamThatNobodyReads_IsNone()
    {
        await using var connected = await Connected.StartAsync(new WaitingService());
        await using var stream = connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());

        Assert.Equal(new CallSilence(1, TimeSpan.Zero, TimeSpan.Zero), connected.Client.Silence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Greeting_OfABusyServer_Comes(bool overTcp)
    {
        await using var connected = await Connected.StartAsync(new WaitingService(), overTcp);

        Assert.True(await connected.Client.GreetsAsync(TestTimeout.Duration, TestTimeout.Token));
    }

    [Fact]
    public async Task Greeting_OfGrpcJs_Comes()
    {
        var (server, address) = await GrpcJs.ServeAsync(BackendAddress.Parse("127.0.0.1:0"));
        await using var client = new BackendClient(address);

        Assert.True(await client.GreetsAsync(TestTimeout.Duration, TestTimeout.Token));
        await server.DisposeAsync();
        Assert.False(await client.GreetsAsync(TestTimeout.Duration, TestTimeout.Token));
    }

    [Fact]
    public async Task Greeting_OfAStoppedProcess_DoesNotCome()
    {
        using var folder = new SocketFolder();
        await using var process = await ChildProgram.ServeAsync(folder.Address);
        await using var client = new BackendClient(folder.Address);
        process.Signal(ChildProgram.Stop);

        Assert.False(await client.GreetsAsync(Moment, TestTimeout.Token));
        process.Signal(ChildProgram.Continue);

        Assert.True(await client.GreetsAsync(TestTimeout.Duration, TestTimeout.Token));
    }
}
