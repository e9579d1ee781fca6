using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Messages.Workers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Api.Tests.Fleet;

public sealed class WorkerFleetTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WorkerFleet _fleet;

    public WorkerFleetTests() => _fleet = new WorkerFleet(_clock, Options.Create(new FleetOptions()));

    [Fact]
    public void Alive_WithoutHeartbeats_ForgetsTheWorker()
    {
        _fleet.Heard(Beat("a"));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Single(_fleet.Alive);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_fleet.Alive);
    }

    [Fact]
    public void Heard_Leaving_ForgetsItAtOnce_AndAnOlderBeatChangesNothing()
    {
        var old = Beat("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        _fleet.Heard(Beat("a", busy: 2));
        _fleet.Heard(old);
        Assert.Equal(2, Assert.Single(_fleet.Alive).Models[0].SlotsBusy);

        _fleet.Heard(Beat("a") with { Leaving = true });

        Assert.Empty(_fleet.Alive);
    }

    [Fact]
    public void Slots_OfAModel_CountWorkersThatCanServeIt()
    {
        _fleet.Heard(Beat("a"));
        _fleet.Heard(Beat("b"));
        _fleet.Heard(Beat("c", problem: "It does not load."));

        Assert.Equal(8, _fleet.Slots("tiny"));
        Assert.Equal("2 of 8 slots of 2 workers are busy; 1 workers cannot serve it: It does not load.", _fleet.Describe("tiny"));
        Assert.Equal(0, _fleet.Slots("other"));
    }

    private WorkerHeartbeat Beat(string id, int busy = 1, string? problem = null) => new()
    {
        WorkerId = id,
        Pool = "text",
        At = _clock.GetUtcNow(),
        Leaving = false,
        Models = [new WorkerModelState { Name = "tiny", Slots = 4, SlotsBusy = busy, Loaded = true, Restarts = 0, Problem = problem }],
    };
}
