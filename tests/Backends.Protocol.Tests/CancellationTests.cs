using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class CancellationTests
{
    [Fact]
    public async Task Token_OfAUnaryCall_CancelsItInTheService()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        using var cancellation = new CancellationTokenSource();
        var call = connected.Client.PredictAsync(new PredictOptions(), cancellation.Token);
        await service.Started.OrTimeout("the call");
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        await service.Ended.OrTimeout("the service's token");
        connected.Log.AssertNoErrors();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_OfAStream_CancelsItInTheService(bool throughEnumeration)
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        using var cancellation = new CancellationTokenSource();
        var stream = throughEnumeration
            ? connected.Client.PredictStreamAsync(new PredictOptions(), CancellationToken.None)
            : connected.Client.PredictStreamAsync(new PredictOptions(), cancellation.Token);
        var received = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in stream.WithCancellation(throughEnumeration ? cancellation.Token : CancellationToken.None))
            {
                received++;
                await cancellation.CancelAsync();
            }
        });
        Assert.Equal(1, received);
        await service.Ended.OrTimeout("the service's token");
        connected.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Enumeration_LeftEarly_CancelsTheCallInTheService()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        await foreach (var _ in connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token))
        {
            break;
        }

        await service.Ended.OrTimeout("the service's token");
        connected.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Token_AlreadyCancelled_SendsNothing()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connected.Client.PredictAsync(new PredictOptions(), new CancellationToken(true)));
        Assert.False(service.Started.IsCompleted);
    }

    [Fact]
    public async Task Cancellation_OfOneStream_LeavesTheOthersAlone()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { PredictStream = (_, context) => EndlessAsync(context.CancellationToken) });
        await using var kept = connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await kept.MoveNextAsync());
        for (var i = 0; i < 200; i++)
        {
            await foreach (var _ in connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token))
            {
                break;
            }
        }

        var last = kept.Current.Tokens;
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(await kept.MoveNextAsync());
            Assert.Equal(++last, kept.Current.Tokens);
        }

        connected.Log.AssertNoErrors();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shutdown_OfTheServer_TellsServiceAndCaller(bool inStream)
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        Task<BackendCallException> call = inStream
            ? FailureOf(connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token))
            : Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        await service.Started.OrTimeout("the call");
        await connected.Server.DisposeAsync();
        var failure = await call.OrTimeout("the failure");
        Assert.Equal((GrpcStatus.Unavailable, "The backend shuts down"), (failure.Status, failure.Message));
        Assert.True(service.Ended.IsCompleted);
    }

    [Fact]
    public async Task Client_Disposed_CancelsItsCalls()
    {
        var service = new WaitingService();
        await using var connected = await Connected.StartAsync(service);
        var call = Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        await service.Started.OrTimeout("the call");
        await connected.Client.DisposeAsync();
        Assert.Equal(GrpcStatus.Cancelled, (await call).Status);
        await service.Ended.OrTimeout("the service's token");
    }

    private static async Task<BackendCallException> FailureOf(IAsyncEnumerable<Reply> stream) => (await Failing.Of(stream)).Failure;

    private static async IAsyncEnumerable<Reply> EndlessAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new Reply { Tokens = i };
        }
    }
}
