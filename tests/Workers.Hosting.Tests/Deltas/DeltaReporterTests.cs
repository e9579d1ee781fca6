using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Deltas;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Deltas;

public sealed class DeltaReporterTests : IAsyncLifetime
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(4);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly RestSignal _time = new(Rest, RetryDelay);
    private readonly RecordingSender _sender = new();
    private readonly DeltaReporter _reporter;
    private readonly Guid _id = Guid.NewGuid();

    public DeltaReporterTests() => _reporter = new DeltaReporter(
        _sender, new InstanceIdentity("w"), Options.Create(new DeltaOptions { PendingPerJob = 4 }), _time, NullLogger<DeltaReporter>.Instance);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Open_AJob_IsReportedAsAliveAtOnce()
    {
        var timeout = TestTimeout.Token;
        _reporter.Open(_id, 1, "api", 0);

        var frame = await _sender.DeliverNextAsync(timeout);

        Assert.Equal(_id, Assert.Single(frame.Alive));
        Assert.Empty(frame.Entries);
    }

    [Fact]
    public async Task Add_WhileAFrameIsOnItsWay_TextIsJoinedAndNumbersStayContiguous()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 1, "api", 0);
        await _sender.DeliverNextAsync(timeout);
        await job.AddAsync(Text("a"), timeout);
        var (first, answer) = await _sender.NextAsync(timeout);
        await job.AddAsync(Text("b"), timeout);
        await job.AddAsync(Text("c"), timeout);
        await job.AddAsync(Text("d") with { Reasoning = "hm" }, timeout);
        answer.SetResult(DeltaDelivery.Delivered);

        var second = await _sender.DeliverNextAsync(timeout);

        Assert.Equal([(0, "a", 1)], Shape(first));
        Assert.Equal([(1, "bc", 2), (2, "d", 1)], Shape(second));
    }

    [Fact]
    public async Task Add_SoonAfterAFrame_WaitsUntilTheLineHasRested()
    {
        var timeout = TestTimeout.Token;
        _sender.FrameInterval = Rest;
        var job = _reporter.Open(_id, 1, "api", 0);
        await _sender.DeliverNextAsync(timeout);
        await _time.BegunAsync(Rest, timeout);
        await job.AddAsync(Text("a"), timeout);
        await job.AddAsync(Text("b"), timeout);
        Assert.False(_sender.HasNext);
        _time.Advance(Rest);

        var frame = await _sender.DeliverNextAsync(timeout);

        Assert.Equal([(0, "ab", 2)], Shape(frame));
    }

    [Fact]
    public async Task Add_TextThatIsJoined_KeepsThePromptsLengthOfTheFirst()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 1, "api", 0);
        var (_, answer) = await _sender.NextAsync(timeout);
        foreach (var (text, prompt) in ((string, int?)[])[("a", 7), ("b", null), ("c", 8)])
        {
            await job.AddAsync(Text(text) with { Prompt = prompt is { } tokens ? new PromptCounts { Tokens = tokens, Cached = 2 } : null }, timeout);
        }

        answer.SetResult(DeltaDelivery.Delivered);

        var frame = await _sender.DeliverNextAsync(timeout);

        Assert.Equal([(0, "ab", 2), (1, "c", 1)], Shape(frame));
        Assert.Equal([7, 8], frame.Entries.Select(entry => entry.Delta.Prompt!.Tokens));
    }

    [Fact]
    public async Task Add_OverTheBound_WaitsUntilThereIsRoom()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 1, "api", 0);
        var (_, answer) = await _sender.NextAsync(timeout);
        for (var i = 0; i < 4; i++)
        {
            await job.AddAsync(Text("x"), timeout);
        }

        var held = job.AddAsync(Text("y"), timeout).AsTask();
        Assert.False(held.IsCompleted);
        answer.SetResult(DeltaDelivery.Delivered);
        await _sender.DeliverNextAsync(timeout);

        await held.OrTimeout("the held delta");
    }

    [Fact]
    public async Task Delivered_TheLastDelta_CompletesOnlyWhenItWasHandedOn()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 1, "api", 7);
        await _sender.DeliverNextAsync(timeout);
        await job.AddAsync(Last(), timeout);
        var (frame, answer) = await _sender.NextAsync(timeout);

        Assert.False(job.Delivered.IsCompleted);
        answer.SetResult(DeltaDelivery.Delivered);

        await job.Delivered.OrTimeout("the delivery");
        Assert.Equal(7, Assert.Single(frame.Entries).Delta.Sequence);
    }

    [Fact]
    public async Task Send_TheBrokerIsAway_TheFrameIsSentAgainUnchanged()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 1, "api", 0);
        await _sender.DeliverNextAsync(timeout);
        await job.AddAsync(Last(), timeout);
        var (first, answer) = await _sender.NextAsync(timeout);
        answer.SetException(RecordingSender.Lost());

        await _time.BegunAsync(RetryDelay, timeout);
        _time.Advance(RetryDelay);

        Assert.Same(first, await _sender.DeliverNextAsync(timeout));
        await job.Delivered.OrTimeout("the delivery");
    }

    [Fact]
    public async Task Send_NobodyTakesForLong_TheInstanceIsGoneAndItsJobsKnow()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 1, "api", 0);
        var gone = new TaskCompletionSource();
        job.InstanceGone.Register(gone.SetResult);
        while (!gone.Task.IsCompleted)
        {
            var next = AdvanceUntilAsync(_sender.NextAsync(timeout));
            if (await Task.WhenAny(next, gone.Task) == gone.Task)
            {
                break;
            }

            (await next).Answer.SetResult(DeltaDelivery.NoReceiver);
            _time.Advance(TimeSpan.FromSeconds(11));
        }

        await job.Delivered.OrTimeout("the end of the wait for a delivery");
    }

    [Fact]
    public async Task Resend_AfterTheEnd_SendsFromTheAskedNumber()
    {
        var timeout = TestTimeout.Token;
        var job = _reporter.Open(_id, 3, "api", 5);
        await _sender.DeliverNextAsync(timeout);
        await job.AddAsync(Text("a"), timeout);
        await _sender.DeliverNextAsync(timeout);
        await job.AddAsync(Last(), timeout);
        await _sender.DeliverNextAsync(timeout);
        await job.Delivered.OrTimeout("the delivery");
        _reporter.Close(job);

        _reporter.Resend(new DeltaResendRequested { JobId = _id, Attempt = 2, NextSequence = 5 });
        _reporter.Resend(new DeltaResendRequested { JobId = _id, Attempt = 3, NextSequence = 6 });
        var frame = await _sender.DeliverNextAsync(timeout);

        Assert.Equal(6, Assert.Single(frame.Entries).Delta.Sequence);
        Assert.Equal(3, frame.Entries[0].Attempt);
    }

    public ValueTask DisposeAsync() => _reporter.DisposeAsync();

    private static GenerationDelta Text(string text) => new() { Sequence = 0, Text = text, Tokens = 1 };

    private static GenerationDelta Last() => new() { Sequence = 0, Finish = new GenerationFinish { Reason = FinishReason.Stop, PromptTokens = 1, CompletionTokens = 1 } };

    private static IEnumerable<(long, string, int)> Shape(DeltaFrame frame) => frame.Entries.Select(entry => (entry.Delta.Sequence, entry.Delta.Text, entry.Delta.Tokens));

    // The line waits on the fake clock at moments that a test cannot see: time goes on until something comes.
    private async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        return await task;
    }
}
