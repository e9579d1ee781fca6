using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Limits;
using LocalAI.Pipeline.Api.Metrics;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Messages.Workers;
using LocalAI.Pipeline.Testing.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A relay alone, with a clock in the test's hand and an outbox that nobody empties but the test.</summary>
internal sealed class RelayBench : IDisposable
{
    private readonly ApiMetrics _metrics = new();
    private readonly LogCollector _logs = new();

    public RelayBench(RelayOptions? options = null)
    {
        Fleet = new WorkerFleet(Clock, Options.Create(new FleetOptions()));
        Outbox = new RelayOutbox(new NoSender(), _logs.CreateLogger<RelayOutbox>());
        Relay = new JobRelay(Outbox, new RelayClock(Clock, _metrics), Options.Create(options ?? new RelayOptions()), _logs.CreateLogger<JobRelay>());
        Usages = new KeyUsages(new AccessKeys(Options.Create(Keys)), Clock);
        Lines = new WaitingLines(Options.Create(new DispatchOptions()), Fleet);
    }

    public FakeTimeProvider Clock { get; } = new();

    public WorkerFleet Fleet { get; }

    public RelayOutbox Outbox { get; }

    public JobRelay Relay { get; }

    public AccessOptions Keys { get; } = new();

    public KeyUsages Usages { get; }

    public WaitingLines Lines { get; }

    public WaitingLine Line => Lines.Of("tiny", Lane.Interactive);

    /// <summary>What sends commands, by a sender in the test's hand and without a broker's word about its queues.</summary>
    public TextDispatcher Dispatcher(ICommandSender sender) => new(
        Relay, sender, Lines, new QueueRoom(new QueueDepths(new NoQueues(), Clock), Fleet, Usages, Options.Create(new DispatchOptions())));

    public JobSubscription Subscribe(int jobs = 1, CancellationToken aborted = default)
    {
        var places = Line.TryEnter("o", Usages.Of("o"), jobs)!;
        foreach (var place in places)
        {
            Assert.True(Line.MayGo(place, () => { }));
        }

        return Relay.Subscribe([.. places.Select(place => new JobRegistration(Command(), place))], TimeSpan.FromSeconds(15), aborted);
    }

    public static GenerateText Command() => new()
    {
        JobId = Guid.NewGuid(),
        Model = "tiny",
        Lane = Lane.Interactive,
        Owner = "o",
        InstanceId = "i",
        RequestId = "r",
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Sampling = new SamplingSettings(),
    };

    public void Send(JobSubscription reader, params GenerationDelta[] deltas) => Send(reader, "w1", 1, deltas);

    public void Send(JobSubscription reader, string worker, int attempt, params GenerationDelta[] deltas) =>
        Relay.Accept(Frame(worker, [.. deltas.Select(delta => new DeltaFrameEntry { JobId = reader.Jobs[0].Id, Attempt = attempt, Delta = delta })]));

    public void Alive(JobSubscription reader, string worker = "w1") => Relay.Accept(Frame(worker, []) with { Alive = [reader.Jobs[0].Id] });

    public JobProgress Ask(JobSubscription reader, string worker) => Relay.OpenAttempt(new GetJobProgress { JobId = reader.Jobs[0].Id, WorkerId = worker });

    public static DeltaFrame Frame(string worker, IReadOnlyList<DeltaFrameEntry> entries) => new() { WorkerId = worker, InstanceId = "i", Entries = entries };

    public static GenerationDelta Delta(long sequence, string text = "x") => new() { Sequence = sequence, Text = text, Tokens = 1 };

    public static GenerationDelta End(long sequence) => new()
    {
        Sequence = sequence,
        Finish = new GenerationFinish { Reason = FinishReason.Stop, PromptTokens = 3, CompletionTokens = (int)sequence },
    };

    /// <summary>What the relay told the workers since the last look.</summary>
    public IReadOnlyList<RelayMessage> Told()
    {
        var told = new List<RelayMessage>();
        while (Outbox.TryTake(out var message))
        {
            told.Add(message);
        }

        return told;
    }

    public static IReadOnlyList<long> Sequences(JobSubscription reader) => [.. reader.Take().Select(item => item.Delta.Sequence)];

    public static JobFailure Failure(JobSubscription reader) => Assert.Single(reader.Take(), item => item.Delta.Failure is not null).Delta.Failure!;

    public void Heard(int slots, int busy) => Fleet.Heard(new WorkerHeartbeat
    {
        WorkerId = "w1",
        Pool = "text",
        At = Clock.GetUtcNow(),
        Leaving = false,
        Models = [new WorkerModelState { Name = "tiny", Slots = slots, SlotsBusy = busy, Loaded = true, Restarts = 0 }],
    });

    public void Dispose()
    {
        Relay.Dispose();
        Outbox.Dispose();
        _metrics.Dispose();
        _logs.AssertNoErrors();
        _logs.Dispose();
    }

    private sealed class NoQueues : IQueueInspector
    {
        public Task<QueueDepth?> GetDepthAsync(string queue, CancellationToken cancellationToken) => Task.FromResult<QueueDepth?>(null);
    }
}
