using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Jobs;

public sealed class TextDispatcherTests : IDisposable
{
    private readonly RelayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Start_BrokerAway_Is503AndLeavesNothing()
    {
        var command = RelayBench.Command();

        var thrown = await Assert.ThrowsAsync<ApiException>(() => _bench.Dispatcher(new FlakySender(1)).StartAsync([command], TimeSpan.FromSeconds(15), TestTimeout.Token));

        Assert.Equal((503, "broker_unavailable", "The broker is away."), (thrown.Error.Status, thrown.Error.Code, thrown.Error.Message));
        Assert.Equal((0, 0), (_bench.Relay.Count, _bench.Line.Count));
        // It may have arrived all the same.
        Assert.Equal(command.JobId, Assert.Single(_bench.Told()).Cancellation!.JobId);
    }

    [Fact]
    public async Task Start_ClientGoneMeanwhile_CancelsWhatWasSent()
    {
        var gone = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var reader = await _bench.Dispatcher(new FlakySender(0)).StartAsync([RelayBench.Command()], TimeSpan.FromSeconds(15), gone);
            await reader.WaitAsync();
        });

        Assert.Equal((0, 0), (_bench.Relay.Count, _bench.Line.Count));
        Assert.IsType<JobCancellationRequested>(Assert.Single(_bench.Told()).Cancellation);
    }

    [Fact]
    public async Task Start_RoomInTheLine_SendsEachChoice()
    {
        var sender = new FlakySender(0);
        GenerateText[] commands = [RelayBench.Command(), RelayBench.Command()];

        using var reader = await _bench.Dispatcher(sender).StartAsync(commands, TimeSpan.FromSeconds(15), TestTimeout.Token);

        Assert.Equal(commands, [await sender.Sent.ReadAsync(TestTimeout.Token), await sender.Sent.ReadAsync(TestTimeout.Token)]);
        Assert.Equal((2, 2), (_bench.Relay.Count, _bench.Line.Count));
    }

    [Fact]
    public async Task Start_FloodOfOneKey_AnotherKeysNextIsAmongTheNextToGo()
    {
        var sender = new FlakySender(0);
        using var flood = await StartAsync(sender, "flooding", 20);
        using var other = await StartAsync(sender, "other", 1);
        var ahead = new DispatchOptions().Ahead;
        for (var i = 0; i < ahead; i++)
        {
            Assert.Equal("flooding", (await NextAsync(sender)).Owner);
        }

        // One of the flood begins: its place is free for the next in turn.
        _bench.Alive(flood);
        var owners = new List<string> { (await NextAsync(sender)).Owner };
        _bench.Relay.Accept(RelayBench.Frame("w1", []) with { Alive = [flood.Jobs[1].Id] });
        owners.Add((await NextAsync(sender)).Owner);

        Assert.Contains("other", owners);
    }

    [Fact]
    public async Task Start_HeldJobWhoseReaderLeaves_IsNeverSentAndTheOthersGo()
    {
        var sender = new FlakySender(0);
        using var first = await StartAsync(sender, "a", new DispatchOptions().Ahead);
        var left = await StartAsync(sender, "a", 1);
        using var next = await StartAsync(sender, "a", 1);

        left.Dispose();
        _bench.Alive(first);

        for (var i = 0; i < first.Jobs.Count; i++)
        {
            await NextAsync(sender);
        }

        Assert.Equal(next.Jobs[0].Id, (await NextAsync(sender)).JobId);
    }

    [Fact]
    public async Task Start_BrokerAwayAtTheTurnOfAHeldJob_TellsItsReader()
    {
        using var first = await StartAsync(new FlakySender(0), "a", new DispatchOptions().Ahead);
        using var held = await StartAsync(new FlakySender(1), "a", 1);

        _bench.Alive(first);
        await held.WaitAsync().AsTask().OrTimeout("the failure");

        Assert.Equal(FailureCode.BrokerUnavailable, RelayBench.Failure(held).Code);
        Assert.Equal(first.Jobs.Count - 1, _bench.Line.Count);
    }

    [Fact]
    public async Task Start_KeyAtItsOwnLimit_OtherKeysPassIt()
    {
        var sender = new FlakySender(0);
        _bench.Keys.DefaultLimits.MaxRunning = 1;
        using var running = await StartAsync(sender, "a", 1);
        using var held = await StartAsync(sender, "a", 1);

        using var other = await StartAsync(sender, "b", 1);

        Assert.Equal([running.Jobs[0].Id, other.Jobs[0].Id], [(await NextAsync(sender)).JobId, (await NextAsync(sender)).JobId]);
        _bench.Send(running, RelayBench.End(0));
        Assert.Equal(held.Jobs[0].Id, (await NextAsync(sender)).JobId);
    }

    private Task<JobSubscription> StartAsync(FlakySender sender, string owner, int jobs) =>
        _bench.Dispatcher(sender).StartAsync([.. Enumerable.Range(0, jobs).Select(_ => RelayBench.Command() with { Owner = owner })], TimeSpan.FromSeconds(15), CancellationToken.None);

    private static async Task<GenerateText> NextAsync(FlakySender sender) => Assert.IsType<GenerateText>(await sender.Sent.ReadAsync(TestTimeout.Token).AsTask().OrTimeout("a command"));
}
