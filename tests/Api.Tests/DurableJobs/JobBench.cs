using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Api.Tests.DurableJobs;

/// <summary>The rows and the log of durable jobs on one provider, under a clock that the test moves, with a worker that the test plays.</summary>
internal sealed class JobBench : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly LogCollector _logs = new();

    private JobBench(TestDatabase database)
    {
        _database = database;
        var options = Options.Create(Settings);
        Store = new DurableJobStore(database.Factory, options, Clock);
        Frames = new FrameStore(database.Factory, Clock);
        Left = new LeftJobs(database.Factory, options, Clock);
        Terms = new DurableJobTerms(options, Clock);
        Ends = new DurableJobEnds(Store, [new EchoKind()], new DurableJobNews(new NoSender(), _logs.CreateLogger<DurableJobNews>()), _logs.CreateLogger<DurableJobEnds>());
    }

    public DurableJobOptions Settings { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public DurableJobStore Store { get; }

    public FrameStore Frames { get; }

    public LeftJobs Left { get; }

    public DurableJobEnds Ends { get; }

    public DurableJobTerms Terms { get; }

    public static async Task<JobBench> CreateAsync(DatabaseProvider provider) => new(await TestDatabase.CreateAsync(provider));

    public static DurableJobOrder Order(string owner = "owner") => new()
    {
        Kind = EchoKind.KindName,
        Model = "tiny",
        Origin = new JobOrigin(owner, "request"),
        Draft = TextGenerations.Draft(Lane.Interactive, new SamplingSettings()),
        Request = "{}",
    };

    public async Task<DurableJob> AcceptAsync(string owner = "owner")
    {
        var job = Terms.Apply(Order(owner));
        await Store.AddAsync(job, TestTimeout.Token);
        return job;
    }

    public Task<JobProgress> TakeAsync(DurableJob job, string worker = "w1", bool redelivered = false) =>
        Store.OpenAttemptAsync(new GetJobProgress { JobId = job.Id, WorkerId = worker, Redelivered = redelivered }, TestTimeout.Token);

    public Task<KeptFrames> SendAsync(DurableJob job, int attempt, params GenerationDelta[] deltas) => Frames.KeepAsync(
        [new DeltaFrame { WorkerId = "w", InstanceId = QueueNames.DurableInstance, Entries = [.. deltas.Select(delta => new DeltaFrameEntry { JobId = job.Id, Attempt = attempt, Delta = delta })] }],
        TestTimeout.Token);

    public async Task<DurableJob> RowAsync(DurableJob job) => (await Store.FindAsync(job.Id, "owner", TestTimeout.Token))!;

    public async Task<string> TextAsync(DurableJob job)
    {
        await using var database = _database.Open();
        return string.Concat((await DeltaLog.ReadAsync(database, job.Id, 0, 1000, TestTimeout.Token)).Select(delta => delta.Text));
    }

    public static GenerationDelta Text(long sequence, string text) => new() { Sequence = sequence, Text = text, Tokens = 1 };

    public static GenerationDelta Finish(long sequence) => new()
    {
        Sequence = sequence,
        Finish = new GenerationFinish { Reason = FinishReason.Stop, PromptTokens = 1, CompletionTokens = 3 },
    };

    public async ValueTask DisposeAsync()
    {
        Ends.Dispose();
        _logs.AssertNoErrors();
        await _database.DisposeAsync();
    }
}
