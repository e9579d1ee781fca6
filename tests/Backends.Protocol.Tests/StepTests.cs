using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class StepTests : IAsyncLifetime
{
    private readonly FeedingService _service = new();
    private Connected _connected = null!;

    public async ValueTask InitializeAsync() => _connected = await Connected.StartAsync(_service);

    public ValueTask DisposeAsync() => _connected.DisposeAsync();

    [Fact]
    public async Task Replies_OfTwoGenerationsInOneStep_GoToTheirTakersInOrder()
    {
        Taker first = new(), second = new();
        var (one, oneEnds) = await BeginAsync(first);
        var (two, twoEnds) = await BeginAsync(second);
        for (var i = 0; i < 300; i++)
        {
            _service.Say((one, "a", false), (two, $"{i % 10}", false));
        }

        // The end of a generation's own stream may overtake its last replies.
        one.End.SetResult();
        two.End.SetResult();
        _service.Say((two, "!", true), (one, "?", true));
        await oneEnds.OrTimeout("the first");
        await twoEnds.OrTimeout("the second");

        Assert.Equal(new string('a', 300) + "?", first.Text);
        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 30)) + "!", second.Text);
        Assert.Equal(1, _service.Feeds);
        Assert.Equal(default, _connected.Client.Silence);
    }

    [Fact]
    public async Task Taker_ThatRests_HoldsUpNobodyElse()
    {
        Taker resting = new() { Rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) }, other = new();
        var (one, oneEnds) = await BeginAsync(resting);
        var (two, twoEnds) = await BeginAsync(other);
        for (var i = 0; i < 100; i++)
        {
            _service.Say((one, $"{i % 10}", i == 99), (two, "b", i == 99));
        }

        one.End.SetResult();
        two.End.SetResult();
        await twoEnds.OrTimeout("the other");
        Assert.Equal("", resting.Text);
        Assert.False(oneEnds.IsCompleted);
        resting.Rest.SetResult();
        await oneEnds.OrTimeout("the one that rested");

        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 10)), resting.Text);
    }

    [Fact]
    public async Task Taker_ThatFails_EndsItsCallInTheService()
    {
        var failing = new Taker { Failure = new InvalidOperationException("enough") };
        var (generation, ends) = await BeginAsync(failing);
        _service.Say((generation, "a", false));

        Assert.Equal("enough", (await Assert.ThrowsAsync<InvalidOperationException>(() => ends)).Message);
        await generation.Cancelled.Task.OrTimeout("the service's token");
        _connected.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Cancellation_OfOneGeneration_LeavesTheOther()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestTimeout.Token);
        Taker left = new(), other = new();
        var (one, oneEnds) = await BeginAsync(left, cancel.Token);
        var (two, twoEnds) = await BeginAsync(other);
        _service.Say((one, "a", false), (two, "b", false));
        await left.First.OrTimeout("the first reply");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => oneEnds);
        await one.Cancelled.Task.OrTimeout("the service's token");
        _service.Say((one, "a", true), (two, "c", true));
        two.End.SetResult();
        await twoEnds.OrTimeout("the other");

        Assert.Equal(("a", "bc"), (left.Text, other.Text));
    }

    [Fact]
    public async Task Failure_OfOneGeneration_IsItsStatusAlone()
    {
        Taker failing = new(), other = new();
        var (one, oneEnds) = await BeginAsync(failing);
        var (two, twoEnds) = await BeginAsync(other);
        one.End.SetException(new BackendCallException(GrpcStatus.InvalidArgument, "not so"));
        var failure = await Failing.Of(oneEnds);
        _service.Say((two, "b", true));
        two.End.SetResult();
        await twoEnds.OrTimeout("the other");

        Assert.Equal((GrpcStatus.InvalidArgument, "not so", "b"), (failure.Status, failure.Message, other.Text));
    }

    [Fact]
    public async Task Feed_ThatEnds_FailsItsGenerationsAndTheNextOpensAnother()
    {
        var (one, oneEnds) = await BeginAsync(new Taker());
        var (two, twoEnds) = await BeginAsync(new Taker());
        _service.Steps.Writer.Complete();
        Assert.Equal(GrpcStatus.Unavailable, (await Failing.Of(oneEnds)).Status);
        Assert.Equal(GrpcStatus.Unavailable, (await Failing.Of(twoEnds)).Status);
        await Task.WhenAll(one.Cancelled.Task, two.Cancelled.Task).OrTimeout("the service's tokens");

        var taker = new Taker();
        var (three, threeEnds) = await BeginAsync(taker);
        _service.Say((three, "again", true));
        three.End.SetResult();
        await threeEnds.OrTimeout("the next");
        Assert.Equal(("again", 2), (taker.Text, _service.Feeds));
    }

    [Fact]
    public async Task Server_ThatShutsDown_FailsItsGenerations()
    {
        var (_, ends) = await BeginAsync(new Taker());
        await _connected.Server.DisposeAsync();

        Assert.Equal(GrpcStatus.Unavailable, (await Failing.Of(ends)).Status);
    }

    [Fact]
    public async Task Silence_OfAGenerationThatWaits_IsItsOwn()
    {
        var taker = new Taker();
        var (generation, ends) = await BeginAsync(taker);
        Assert.Equal(1, _connected.Client.Silence.Calls);
        Assert.True(_connected.Client.Silence.Longest > TimeSpan.Zero);
        _service.Say((generation, "a", true));
        generation.End.SetResult();
        await ends.OrTimeout("the generation");

        Assert.Equal(default, _connected.Client.Silence);
    }

    [Fact]
    public async Task Backend_WithoutFeeds_AnswersOnTheStream()
    {
        await using var plain = await Connected.StartAsync(new ScriptedService { PredictStream = (request, _) => Says(request.StepFeed) });
        var taker = new Taker();
        await plain.Client.PredictInStepsAsync(new PredictOptions(), taker.TakeAsync, TestTimeout.Token);

        Assert.Equal("feed: ''", taker.Text);
        plain.Log.AssertNoErrors();
    }

    [Fact]
    public async Task GrpcJs_WithoutTheService_AnswersOnTheStream()
    {
        var (server, address) = await GrpcJs.ServeAsync(BackendAddress.Parse("127.0.0.1:0"));
        await using var client = new BackendClient(address);
        var replies = 0;
        await client.PredictInStepsAsync(new PredictOptions { Prompt = "count", Tokens = 100 }, (_, _) =>
        {
            replies++;
            return ValueTask.CompletedTask;
        }, TestTimeout.Token);

        Assert.Equal(100, replies);
        await server.DisposeAsync();
    }

    private async Task<(FedGeneration Generation, Task Ends)> BeginAsync(Taker taker, CancellationToken? cancellationToken = null)
    {
        var ends = _connected.Client.PredictInStepsAsync(new PredictOptions(), taker.TakeAsync, cancellationToken ?? TestTimeout.Token);
        return (await _service.NextAsync(), ends);
    }

    private static async IAsyncEnumerable<Reply> Says(string feed)
    {
        await Task.Yield();
        yield return new Reply { Message = Google.Protobuf.ByteString.CopyFromUtf8($"feed: '{feed}'") };
    }
}
