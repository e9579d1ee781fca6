using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary>Makes jobs of a chat request: the same for HTTP and for the hub.</summary>
internal sealed class ChatCompletions(ModelResolver models, TextGenerations generations, TokenRequests tokens, MessageMedia media, TimeProvider time)
{
    /// <summary>Starts a job for each choice.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, no room, or no broker.</exception>
    public async Task<ChatGeneration> StartAsync(ChatCompletionRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        request = request with { Messages = await media.AttachAsync(request.Messages, request.Media, model, aborted) };
        var drafts = Enumerable.Range(0, request.Choices).Select(choice => Draft(request, choice)).ToList();
        var started = await generations.StartAsync(model.Name, drafts, origin, aborted);
        return new ChatGeneration(new ChatHead(started.Commands, request), started.Reader);
    }

    /// <summary>The prompt that the request would start from; nothing is generated.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, the template refuses the conversation, or nobody answers.</exception>
    public async Task<PromptRendered> RenderAsync(ChatCompletionRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        request = request with { Messages = await media.AttachAsync(request.Messages, request.Media, model, aborted) };
        return await tokens.RenderAsync(generations.Complete(Draft(request, 0), model.Name, origin, time.GetUtcNow()), aborted);
    }

    /// <summary>One choice's command, but for who, where and when.</summary>
    public static GenerateText Draft(ChatCompletionRequest request, int choice) => TextGenerations.Draft(request.Lane, request.Sampling.ForChoice(choice)) with
    {
        Messages = request.Messages,
        ContinueFinalMessage = request.ContinueFinalMessage,
        TemplateArguments = request.TemplateArguments,
        ReasoningEffort = request.ReasoningEffort,
        Tools = request.Tools,
        ToolChoice = request.ToolChoice,
        Output = request.Output,
        MaxTokens = request.MaxTokens,
        StopSequences = request.StopSequences,
        IgnoreEndOfSequence = request.IgnoreEndOfSequence,
        Logprobs = request.Logprobs,
        TopLogprobs = request.TopLogprobs,
        LogitBias = request.LogitBias,
    };
}
