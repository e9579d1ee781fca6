using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Makes jobs of requests for responses.</summary>
internal sealed class ResponseGenerations(
    ModelResolver models, TextGenerations generations, TokenRequests tokens, ContextFitting fitting, TimeProvider time, IOptions<ResponsesOptions> options)
{
    /// <exception cref="ApiException">There is no such model, no room, or no broker.</exception>
    public async Task<ResponseGeneration> StartAsync(ResponseRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Prompt.Model);
        var draft = await FitAsync(Draft(request), request.Prompt, model, origin, aborted);
        var started = await generations.StartAsync(model.Name, [draft], origin, aborted);
        return new ResponseGeneration(Head(request, started.Commands[0], model), started.Reader);
    }

    /// <summary>Tokens of the prompt, as the model's own template and vocabulary make them.</summary>
    /// <exception cref="ApiException">There is no such model, nobody answered, or the prompt was refused.</exception>
    public async Task<int> CountAsync(ResponsePrompt prompt, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(prompt.Model);
        var draft = await FitAsync(Draft(prompt, Lane.Interactive, new SamplingSettings()), prompt, model, origin, aborted);
        return (await tokens.RenderAsync(generations.Complete(draft, model.Name, origin, time.GetUtcNow()), aborted)).Tokens;
    }

    private async Task<GenerateText> FitAsync(GenerateText draft, ResponsePrompt prompt, ModelDefinition model, JobOrigin origin, CancellationToken aborted) => prompt.Truncates
        ? await fitting.FitAsync(generations.Complete(draft, model.Name, origin, time.GetUtcNow()), model, origin, aborted)
        : draft;

    private ResponseHead Head(ResponseRequest request, GenerateText command, ModelDefinition model) => new()
    {
        JobId = command.JobId,
        CreatedAt = command.AcceptedAt.ToUnixTimeSeconds(),
        Settings = ResponseSettings.Of(request, model),
        Summary = request.Prompt.Reasoning.Summary,
        IncludesSealedReasoning = request.IncludesSealedReasoning,
        MaxToolCalls = request.MaxToolCalls,
        ReasoningEvents = options.Value.ReasoningEvents,
    };

    private static GenerateText Draft(ResponseRequest request) => Draft(request.Prompt, request.Lane, request.Sampling) with
    {
        MaxTokens = request.MaxOutputTokens,
        Logprobs = request.Logprobs,
        TopLogprobs = request.TopLogprobs,
    };

    private static GenerateText Draft(ResponsePrompt prompt, Lane lane, SamplingSettings sampling) => TextGenerations.Draft(lane, sampling) with
    {
        Messages = ItemConversation.Build(prompt.Instructions, Known(prompt.Input)),
        ReasoningEffort = prompt.Reasoning.CommandEffort,
        Tools = prompt.Tools.Count > 0 ? prompt.Tools : null,
        ToolChoice = prompt.ToolChoice,
        Output = prompt.Output,
    };

    private static IReadOnlyList<ResponseItem> Known(IReadOnlyList<ResponseItem> items) =>
        items.OfType<ItemReference>().FirstOrDefault() is { } reference
            ? throw new ApiException(new ApiError(404, ApiErrorTypes.InvalidRequest, "item_not_found", $"Item with id '{Shown.Short(reference.Id!)}' not found.", $"{reference.Path}.id"))
            : items;
}
