using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Tests.Jobs;

public sealed class TextDispatcherTests : IDisposable
{
    private readonly RelayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Start_BrokerAway_Is503AndLeavesNothing()
    {
        var command = RelayBench.Command();

        var thrown = await Assert.ThrowsAsync<ApiException>(() => Dispatcher(new FlakySender(1)).StartAsync([command], TimeSpan.FromSeconds(15), TestTimeout.Token));

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
            using var reader = await Dispatcher(new FlakySender(0)).StartAsync([RelayBench.Command()], TimeSpan.FromSeconds(15), gone);
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

        using var reader = await Dispatcher(sender).StartAsync(commands, TimeSpan.FromSeconds(15), TestTimeout.Token);

        Assert.Equal(commands, [await sender.Sent.ReadAsync(TestTimeout.Token), await sender.Sent.ReadAsync(TestTimeout.Token)]);
        Assert.Equal((2, 2), (_bench.Relay.Count, _bench.Line.Count));
    }

    private TextDispatcher Dispatcher(FlakySender sender) => new(
        _bench.Relay, sender, _bench.Lines, new QueueDepths(new NoQueues(), _bench.Clock), _bench.Fleet, Options.Create(new DispatchOptions()));

    private sealed class NoQueues : IQueueInspector
    {
        public Task<QueueDepth?> GetDepthAsync(string queue, CancellationToken cancellationToken) => Task.FromResult<QueueDepth?>(null);
    }
}
