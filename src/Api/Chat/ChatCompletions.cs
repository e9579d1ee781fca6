using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary>Makes jobs of a chat request: the same for HTTP and for the hub.</summary>
internal sealed class ChatCompletions(ModelResolver models, TextDispatcher dispatcher, InstanceIdentity instance, TimeProvider time, IOptions<DispatchOptions> dispatch, IOptions<SseOptions> sse)
{
    /// <summary>Starts a job for each choice.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, no room, or no broker.</exception>
    public async Task<ChatGeneration> StartAsync(ChatCompletionRequest request, ChatOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        var now = time.GetUtcNow();
        var commands = Enumerable.Range(0, request.Choices).Select(choice => Command(request, choice) with
        {
            Model = model.Name,
            Owner = origin.Owner,
            RequestId = origin.RequestId,
            InstanceId = instance.Id,
            AcceptedAt = now,
            StartBefore = now + dispatch.Value.QueueTimeout,
        }).ToList();
        var reader = await dispatcher.StartAsync(commands, sse.Value.PingInterval, aborted);
        return new ChatGeneration(new ChatHead(commands, request), reader);
    }

    private static GenerateText Command(ChatCompletionRequest request, int choice) => new()
    {
        JobId = Guid.NewGuid(),
        Model = "",
        Lane = request.Lane,
        Owner = "",
        InstanceId = "",
        RequestId = "",
        AcceptedAt = default,
        Messages = request.Messages,
        ContinueFinalMessage = request.ContinueFinalMessage,
        TemplateArguments = request.TemplateArguments,
        ReasoningEffort = request.ReasoningEffort,
        Tools = request.Tools,
        ToolChoice = request.ToolChoice,
        Output = request.Output,
        // The same seed for all choices would give the same text each time.
        Sampling = request.Sampling.Seed is { } seed && choice > 0 ? request.Sampling with { Seed = unchecked(seed + choice) } : request.Sampling,
        MaxTokens = request.MaxTokens,
        StopSequences = request.StopSequences,
        IgnoreEndOfSequence = request.IgnoreEndOfSequence,
        Logprobs = request.Logprobs,
        TopLogprobs = request.TopLogprobs,
        LogitBias = request.LogitBias,
    };
}
