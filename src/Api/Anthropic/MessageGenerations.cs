using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>Makes jobs of messages requests.</summary>
internal sealed class MessageGenerations(ModelResolver models, TextGenerations generations, TokenRequests tokens, MessageMedia media, TimeProvider time)
{
    /// <exception cref="Errors.ApiException">There is no such model, no room, or no broker.</exception>
    public async Task<MessageGeneration> StartAsync(MessagesRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Prompt.Model);
        request = request with { Prompt = await AttachAsync(request.Prompt, model, aborted) };
        var started = await generations.StartAsync(model.Name, [Draft(request)], origin, aborted);
        return new MessageGeneration(new MessageHead(started.Commands[0], request), started.Reader);
    }

    /// <summary>Tokens of the prompt, as the model's own template and vocabulary make them.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, nobody answered, or the prompt was refused.</exception>
    public async Task<int> CountAsync(PromptRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        request = await AttachAsync(request, model, aborted);
        var generation = generations.Complete(Draft(request, new SamplingSettings()), model.Name, origin, time.GetUtcNow());
        return (await tokens.RenderAsync(generation, aborted)).Tokens;
    }

    private async Task<PromptRequest> AttachAsync(PromptRequest request, ModelDefinition model, CancellationToken aborted) =>
        request with { Messages = await media.AttachAsync(request.Messages, request.Media, model, aborted) };

    private static GenerateText Draft(MessagesRequest request) => Draft(request.Prompt, request.Sampling) with
    {
        MaxTokens = request.MaxTokens,
        StopSequences = request.StopSequences,
    };

    private static GenerateText Draft(PromptRequest request, SamplingSettings sampling) => TextGenerations.Draft(Lane.Interactive, sampling) with
    {
        Messages = request.Messages,
        ContinueFinalMessage = request.ContinueFinalMessage,
        ReasoningEffort = request.Thinking.Effort,
        TemplateArguments = request.Thinking.TemplateArguments,
        Tools = request.Tools,
        ToolChoice = request.ToolChoice,
        Output = request.Output,
    };
}
