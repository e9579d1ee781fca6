using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Relay;

public sealed class JobRelayTests : IDisposable
{
    private readonly RelayBench _bench = new(new RelayOptions { ReaderCapacity = 4, MaxResends = 3, MaxAnswerCharacters = 100 });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Accept_InOrder_ReachesTheReaderUpToTheEnd()
    {
        using var reader = _bench.Subscribe();
        var wait = reader.WaitAsync();
        Assert.False(wait.IsCompleted);

        _bench.Send(reader, RelayBench.Delta(0, "a"), RelayBench.Delta(1, "b"), RelayBench.End(2));
        await wait.AsTask().OrTimeout("the deltas");

        Assert.Equal([0, 1, 2], RelayBench.Sequences(reader));
        Assert.True(reader.IsComplete);
        Assert.Equal(0, _bench.Relay.Count);
        Assert.Empty(_bench.Told());
    }

    [Fact]
    public void Accept_Twice_DropsTheSecond()
    {
        using var reader = _bench.Subscribe();

        _bench.Send(reader, RelayBench.Delta(0), RelayBench.Delta(0), RelayBench.Delta(1), RelayBench.Delta(0));

        Assert.Equal([0, 1], RelayBench.Sequences(reader));
        Assert.Empty(_bench.Told());
    }

    [Fact]
    public void Accept_BehindAGap_AsksOnceForWhatIsMissingAndTakesItThen()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, RelayBench.Delta(0));

        _bench.Send(reader, RelayBench.Delta(2), RelayBench.Delta(3));

        var asked = Assert.Single(_bench.Told()).Resend!;
        Assert.Equal((1, 1L), (asked.Attempt, asked.NextSequence));
        Assert.Equal([0], RelayBench.Sequences(reader));
        _bench.Send(reader, RelayBench.Delta(1), RelayBench.Delta(2), RelayBench.Delta(3));
        Assert.Equal([1, 2, 3], RelayBench.Sequences(reader));
    }

    [Fact]
    public void Sweep_GapStaysOpen_AsksAgainAndGivesUpInTheEnd()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, RelayBench.Delta(1));
        _bench.Alive(reader);

        for (var second = 0; second < 3; second++)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var told = _bench.Told();
        Assert.Equal(3, told.Count(message => message.Resend is not null));
        Assert.Equal(reader.Jobs[0].Id, Assert.Single(told, message => message.Cancellation is not null).JobId);
        Assert.Equal(FailureCode.WorkerGone, RelayBench.Failure(reader).Code);
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public void Accept_SecondWorkerOfTheSameAttempt_IsRefused()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, "w1", 1, RelayBench.Delta(0, "a"));

        _bench.Send(reader, "w2", 1, RelayBench.Delta(1, "z"));
        _bench.Send(reader, "w1", 1, RelayBench.Delta(1, "b"));

        Assert.Equal(["a", "b"], reader.Take().Select(item => item.Delta.Text));
    }

    [Fact]
    public void Accept_FirstSignOfLife_BindsTheAttempt()
    {
        using var reader = _bench.Subscribe();
        _bench.Alive(reader, "w1");

        _bench.Send(reader, "w2", 1, RelayBench.Delta(0));

        Assert.Empty(reader.Take());
        Assert.Equal(0, _bench.Line.Count);
    }

    [Fact]
    public void OpenAttempt_ByTheNextWorker_FencesTheOlderAndTellsWhatIsThere()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, "w1", 1, RelayBench.Delta(0, "a"), RelayBench.Delta(1, "b") with { Raw = "<b>", Tokens = 2 });

        var progress = _bench.Ask(reader, "w2");

        Assert.Equal((true, 2, 2L, "a<b>", 3), (progress.Wanted, progress.Attempt, progress.NextSequence, progress.RawText, progress.CompletionTokens));
        _bench.Send(reader, "w1", 1, RelayBench.Delta(2, "old"));
        _bench.Send(reader, "w1", 2, RelayBench.Delta(2, "thief"));
        _bench.Send(reader, "w2", 2, RelayBench.Delta(2, "c"), RelayBench.End(3));
        Assert.Equal(["a", "b", "c", ""], reader.Take().Select(item => item.Delta.Text));
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public void OpenAttempt_ByTheSameWorker_RefusesItsOlderDeltas()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, "w1", 1, RelayBench.Delta(0, "a"));

        Assert.Equal(2, _bench.Ask(reader, "w1").Attempt);
        _bench.Send(reader, "w1", 1, RelayBench.Delta(1, "old"));
        _bench.Send(reader, "w1", 2, RelayBench.Delta(1, "b"));

        Assert.Equal(["a", "b"], reader.Take().Select(item => item.Delta.Text));
    }

    [Fact]
    public void OpenAttempt_AfterTheLastThatIsAllowed_EndsTheJob()
    {
        using var reader = _bench.Subscribe();
        Assert.All(Enumerable.Range(0, 4), _ => Assert.True(_bench.Ask(reader, "w").Wanted));

        Assert.False(_bench.Ask(reader, "w").Wanted);

        Assert.Equal(FailureCode.AttemptsExhausted, RelayBench.Failure(reader).Code);
        Assert.False(_bench.Ask(reader, "w").Wanted);
    }

    [Fact]
    public void OpenAttempt_OfAJobThatEnded_IsNotWanted()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, RelayBench.End(0));

        Assert.False(_bench.Ask(reader, "w2").Wanted);
    }

    [Fact]
    public void Sweep_NobodyTakesIt_FailsAndSaysWhoServes()
    {
        using var reader = _bench.Subscribe();
        _bench.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Empty(reader.Take());

        _bench.Clock.Advance(TimeSpan.FromSeconds(1));

        var failure = RelayBench.Failure(reader);
        Assert.Equal(FailureCode.QueueTimeout, failure.Code);
        Assert.Contains("no worker that serves it is running", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(_bench.Told()).Cancellation);
        Assert.Equal(0, _bench.Line.Count);
    }

    [Fact]
    public void Sweep_AllSlotsBusy_SaysSo()
    {
        using var reader = _bench.Subscribe();
        _bench.Clock.Advance(TimeSpan.FromSeconds(119));
        _bench.Heard(slots: 4, busy: 4);

        _bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("4 of 4 slots of 1 workers are busy", RelayBench.Failure(reader).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sweep_WorkerSilent_AsksForLostDeltasThenFails()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, RelayBench.Delta(0));
        _bench.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(_bench.Told());

        _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Assert.Single(_bench.Told()).Resend!.NextSequence);
        _bench.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(reader.IsComplete);
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FailureCode.WorkerGone, RelayBench.Failure(reader).Code);
        Assert.NotNull(Assert.Single(_bench.Told()).Cancellation);
    }

    [Fact]
    public void Sweep_WorkerSaysThatItLives_WaitsOn()
    {
        using var reader = _bench.Subscribe();
        for (var i = 0; i < 30; i++)
        {
            _bench.Alive(reader);
            _bench.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Empty(_bench.Told());
        Assert.False(reader.IsComplete);
    }

    [Fact]
    public void Sweep_NextWorkerCameInTime_WaitsForItFromThen()
    {
        using var reader = _bench.Subscribe();
        _bench.Send(reader, RelayBench.Delta(0));
        _bench.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.True(_bench.Ask(reader, "w2").Wanted);
        _bench.Clock.Advance(TimeSpan.FromSeconds(29));

        Assert.Equal([0], RelayBench.Sequences(reader));
        Assert.False(reader.IsComplete);
        Assert.Equal(1, _bench.Relay.Count);
    }

    [Fact]
    public void LinkRestored_AsksForEveryJobThatAWorkerHas()
    {
        using var waiting = _bench.Subscribe();
        using var running = _bench.Subscribe();
        _bench.Send(running, RelayBench.Delta(0));

        _bench.Relay.LinkRestored();

        var asked = Assert.Single(_bench.Told()).Resend!;
        Assert.Equal((running.Jobs[0].Id, 1L), (asked.JobId, asked.NextSequence));
    }

    [Fact]
    public void LinkRestored_NothingWasLost_AsksOnlyOnce()
    {
        using var reader = _bench.Subscribe();
        _bench.Alive(reader);
        _bench.Relay.LinkRestored();
        Assert.Single(_bench.Told());

        for (var second = 0; second < 20; second++)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            _bench.Alive(reader);
        }

        Assert.Empty(_bench.Told());
        Assert.False(reader.IsComplete);
    }

    [Fact]
    public void Accept_ReaderTooSlow_StopsTheJobAndTellsItsReader()
    {
        using var reader = _bench.Subscribe();

        _bench.Send(reader, RelayBench.Delta(0), RelayBench.Delta(1), RelayBench.Delta(2), RelayBench.Delta(3), RelayBench.Delta(4));

        Assert.NotNull(Assert.Single(_bench.Told()).Cancellation);
        var read = reader.Take();
        Assert.Equal(5, read.Count);
        Assert.Equal(FailureCode.SlowReader, read[4].Delta.Failure!.Code);
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public void Accept_AnswerWithoutEnd_IsStopped()
    {
        using var reader = _bench.Subscribe();

        _bench.Send(reader, RelayBench.Delta(0, new string('x', 101)));

        Assert.Contains("Relay:MaxAnswerCharacters", RelayBench.Failure(reader).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_BeforeTheEnd_CancelsWhatRuns()
    {
        var reader = _bench.Subscribe(jobs: 2);
        _bench.Send(reader, RelayBench.End(0));

        reader.Dispose();

        Assert.Equal(reader.Jobs[1].Id, Assert.Single(_bench.Told()).Cancellation!.JobId);
        Assert.Equal((0, 0), (_bench.Relay.Count, _bench.Line.Count));
        reader.Dispose();
        Assert.Empty(_bench.Told());
    }

    [Fact]
    public async Task Wait_ReaderGone_EndsWithItsCancellation()
    {
        using var gone = new CancellationTokenSource();
        using var reader = _bench.Subscribe(aborted: gone.Token);
        var wait = reader.WaitAsync().AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.OrTimeout("the end of the wait"));
    }

    [Fact]
    public async Task Wait_NothingComes_ReturnsAfterTheQuietTime()
    {
        using var reader = _bench.Subscribe();
        for (var i = 0; i < 2; i++)
        {
            var wait = reader.WaitAsync().AsTask();
            _bench.Clock.Advance(TimeSpan.FromSeconds(14));
            Assert.False(wait.IsCompleted);
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await wait.OrTimeout("the quiet time");
            Assert.Empty(reader.Take());
        }
    }

    [Fact]
    public void Take_OneOfSeveralFails_CompletesTheReader()
    {
        using var reader = _bench.Subscribe(jobs: 2);
        var failure = new JobFailure { Code = FailureCode.BackendError, Message = "m" };

        _bench.Send(reader, new GenerationDelta { Sequence = 0, Failure = failure });

        Assert.Same(failure, RelayBench.Failure(reader));
        Assert.True(reader.IsComplete);
    }
}
