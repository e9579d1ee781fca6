using LocalAI.Pipeline.Api.Adapters;
using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Starts the generations of one request: the same for every text API.</summary>
internal sealed class TextGenerations(
    TextDispatcher dispatcher, AdapterScales scales, InstanceIdentity instance, TimeProvider time, IOptions<DispatchOptions> dispatch, IOptions<SseOptions> sse)
{
    /// <summary>A command to fill in with what is generated; who, where and when are <see cref="Complete"/>'s.</summary>
    public static GenerateText Draft(Lane lane, SamplingSettings sampling) => new()
    {
        JobId = Guid.NewGuid(),
        Model = "",
        Lane = lane,
        Owner = "",
        InstanceId = "",
        RequestId = "",
        AcceptedAt = default,
        Sampling = sampling,
    };

    /// <summary>Completes the drafts (one for each choice) and starts them.</summary>
    /// <param name="model">The model's own name, as <see cref="ModelResolver"/> found it.</param>
    /// <param name="aborted">Cancelled when the client has gone.</param>
    /// <exception cref="Errors.ApiException">There is no room, or no broker.</exception>
    public async Task<StartedGeneration> StartAsync(string model, IReadOnlyList<GenerateText> drafts, JobOrigin origin, CancellationToken aborted)
    {
        var now = time.GetUtcNow();
        var commands = drafts.Select(draft => Complete(draft, model, origin, now)).ToList();
        return new StartedGeneration(commands, await dispatcher.StartAsync(commands, sse.Value.PingInterval, aborted));
    }

    /// <summary>The command as it is sent.</summary>
    public GenerateText Complete(GenerateText draft, string model, JobOrigin origin, DateTimeOffset now) => draft with
    {
        Model = model,
        Lane = origin.Lane ?? draft.Lane,
        Owner = origin.Owner,
        RequestId = origin.RequestId,
        InstanceId = instance.Id,
        AcceptedAt = now,
        Lora = draft.Lora ?? scales.Of(model),
        StartBefore = now + dispatch.Value.QueueTimeout,
    };
}
