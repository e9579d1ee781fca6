using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A command in the hands of the test, which says what the worker does with it.</summary>
internal sealed class ScriptedJob(GenerateText command, IDeltaSender sender, int attempt = 1, long next = 0, string worker = ScriptedWorker.Id)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _next = next;

    public GenerateText Command => command;

    /// <summary>The attempt and the number of its first delta: of a durable job as its progress says.</summary>
    public (int Attempt, long Next) Start { get; } = (attempt, next);

    public Task Done => _done.Task;

    public async Task SendAsync(params GenerationDelta[] deltas) =>
        await sender.SendAsync(new DeltaFrame
        {
            WorkerId = worker,
            InstanceId = command.InstanceId,
            Entries = [.. deltas.Select(delta => new DeltaFrameEntry { JobId = command.JobId, Attempt = attempt, Delta = delta with { Sequence = _next++ } })],
        }, TestTimeout.Token);

    public Task TextAsync(string text) => SendAsync(new GenerationDelta { Sequence = 0, Text = text, Tokens = 1 });

    public async Task FinishAsync(FinishReason reason = FinishReason.Stop, int completion = 2, string? stopSequence = null)
    {
        await SendAsync(new GenerationDelta
        {
            Sequence = 0,
            Finish = new GenerationFinish
            {
                Reason = reason,
                StopSequence = stopSequence,
                PromptTokens = 7,
                CachedTokens = 4,
                CompletionTokens = completion,
                ReasoningTokens = 1,
                PromptMilliseconds = 6,
                GenerationMilliseconds = 20,
            },
        });
        _done.TrySetResult();
    }

    /// <summary>The worker lives, and has nothing else to say.</summary>
    public async Task SignAsync() =>
        await sender.SendAsync(new DeltaFrame { WorkerId = worker, InstanceId = command.InstanceId, Entries = [], Alive = [command.JobId] }, TestTimeout.Token);

    public async Task FailAsync(FailureCode code, string message, string? parameter = null)
    {
        await SendAsync(new GenerationDelta { Sequence = 0, Failure = new JobFailure { Code = code, Message = message, Parameter = parameter } });
        _done.TrySetResult();
    }
}
