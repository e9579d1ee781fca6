using System.Collections.Concurrent;
using System.Threading.Channels;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A worker for <c>tiny</c> that does what the test says.</summary>
internal sealed class ScriptedWorker(int slots = 64)
{
    public const string Id = "scripted";

    private readonly Channel<ScriptedJob> _jobs = Channel.CreateUnbounded<ScriptedJob>();
    private readonly Channel<JobCancellationRequested> _cancelled = Channel.CreateUnbounded<JobCancellationRequested>();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _dropped = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDeltaSender? _sender;

    public BusParticipant Participant => new(_ => { }, (context, endpoints) =>
    {
        foreach (var lane in Enum.GetValues<Lane>())
        {
            endpoints.CommandQueue(QueueNames.Text("tiny", lane), slots, endpoint =>
            {
                endpoint.Handler<GenerateText>(consume =>
                {
                    _sender ??= context.GetRequiredService<IDeltaSender>();
                    return TakeAsync(consume, context.GetRequiredService<ICommandSender>());
                });
                endpoint.Handler<RenderPrompt>(consume => consume.RespondAsync(Render(consume.Message)));
                ScriptedReplies.AddTo(endpoint);
            });
        }

        endpoints.InstanceQueue(QueueNames.Worker(Id), endpoint => endpoint.Handler<JobCancellationRequested>(consume =>
        {
            Of(consume.Message.JobId).TrySetResult();
            _cancelled.Writer.TryWrite(consume.Message);
            return Task.CompletedTask;
        }));
    });

    /// <summary>What a prompt is rendered to: its parts as they came, a token for each character.</summary>
    public static PromptRendered Render(RenderPrompt request)
    {
        var prompt = string.Concat(request.Generation.Messages!.Select(message => $"{message.Role}:{message.Content};"));
        return new PromptRendered { Prompt = prompt, Tokens = prompt.Length };
    }

    public Task<ScriptedJob> NextJobAsync() => _jobs.Reader.ReadAsync(TestTimeout.Token).AsTask().OrTimeout("a command");

    public Task<JobCancellationRequested> NextCancellationAsync() => _cancelled.Reader.ReadAsync(TestTimeout.Token).AsTask().OrTimeout("a cancellation");

    /// <summary>Lets go of everything, so that the bus can stop.</summary>
    public void DropAll() => _stopped.TrySetResult();

    private async Task TakeAsync(ConsumeContext<GenerateText> context, ICommandSender commands)
    {
        var job = new ScriptedJob(context.Message, _sender!);
        if (context.Message.InstanceId == QueueNames.DurableInstance)
        {
            var question = new GetJobProgress { JobId = context.Message.JobId, WorkerId = Id, Redelivered = context.ReceiveContext.Redelivered };
            var answer = await commands.RequestAsync<GetJobProgress, JobProgress>(QueueNames.DurableProgress, question, TestTimeout.Duration, context.CancellationToken);
            if (!answer.Reply!.Wanted)
            {
                return;
            }

            job = new ScriptedJob(context.Message, _sender!, answer.Reply.Attempt, answer.Reply.NextSequence);
        }

        _jobs.Writer.TryWrite(job);
        // A cancellation may come before the command.
        await Task.WhenAny(job.Done, Of(job.Command.JobId).Task, _stopped.Task).WaitAsync(context.CancellationToken);
    }

    private TaskCompletionSource Of(Guid job) => _dropped.GetOrAdd(job, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
