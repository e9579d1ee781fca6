using System.Threading.Channels;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>Feeds and generations whose steps and ends a test writes down.</summary>
internal sealed class FeedingService : BackendService
{
    private readonly Channel<FedGeneration> _started = Channel.CreateUnbounded<FedGeneration>();

    public Channel<Step> Steps { get; private set; } = Channel.CreateUnbounded<Step>();

    public int Feeds { get; private set; }

    public override async IAsyncEnumerable<Step> FollowStepsAsync(FollowRequest request, BackendCallContext context)
    {
        Feeds++;
        Steps = Channel.CreateUnbounded<Step>();
        yield return new Step { Feed = $"feed {Feeds}" };
        await foreach (var step in Steps.Reader.ReadAllAsync(context.CancellationToken))
        {
            yield return step;
        }
    }

    public override async IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context)
    {
        var generation = new FedGeneration(request);
        await _started.Writer.WriteAsync(generation, context.CancellationToken);
        try
        {
            await generation.End.Task.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            generation.Cancelled.SetResult();
            throw;
        }

        yield break;
    }

    /// <summary>The next generation that a client began.</summary>
    public async Task<FedGeneration> NextAsync() => await _started.Reader.ReadAsync(TestTimeout.Token);

    public void Say(params (FedGeneration Generation, string Text, bool IsLast)[] said)
    {
        var step = new Step();
        foreach (var (generation, text, isLast) in said)
        {
            var reply = new Reply { Message = Google.Protobuf.ByteString.CopyFromUtf8(text), FinishReason = isLast ? "stop" : "" };
            step.Replies.Add(new StepReply { Generation = generation.Request.StepGeneration, Reply = reply });
        }

        Assert.True(Steps.Writer.TryWrite(step));
    }
}
