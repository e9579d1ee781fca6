using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Makes jobs of requests for responses.</summary>
internal sealed class ResponseGenerations(ResponseDrafts drafts, TextGenerations generations, TokenRequests tokens, IOptions<ResponsesOptions> options)
{
    /// <exception cref="ApiException">There is no such model, what it goes on from is not there, there is no room, or no broker.</exception>
    public async Task<ResponseGeneration> StartAsync(ResponseRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var prepared = await PrepareAsync(request, origin, aborted);
        var started = await generations.StartAsync(prepared.Model.Name, [prepared.Draft], origin, aborted);
        return new ResponseGeneration(Head(request, started.Commands[0], prepared.Model), Origin(request, prepared, origin), started.Reader);
    }

    /// <summary>Tokens of the prompt, as the model's own template and vocabulary make them.</summary>
    /// <exception cref="ApiException">There is no such model, nobody answered, or the prompt was refused.</exception>
    public async Task<int> CountAsync(ResponsePrompt prompt, JobOrigin origin, CancellationToken aborted)
    {
        var prepared = await drafts.PrepareAsync(prompt, Lane.Interactive, new SamplingSettings(), origin, aborted);
        return (await tokens.RenderAsync(drafts.Complete(prepared, origin), aborted)).Tokens;
    }

    private async Task<PreparedResponse> PrepareAsync(ResponseRequest request, JobOrigin origin, CancellationToken aborted)
    {
        // What is prepared may be measured, so the answer's limit is known before.
        var prepared = await drafts.PrepareAsync(request.Prompt, request.Lane, request.Sampling, origin, aborted, request.MaxOutputTokens);
        return prepared with { Draft = prepared.Draft with { Logprobs = request.Logprobs, TopLogprobs = request.TopLogprobs } };
    }

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

    private static ResponseOrigin Origin(ResponseRequest request, PreparedResponse prepared, JobOrigin origin) => new()
    {
        Owner = origin.Owner,
        Input = prepared.Input,
        IsStored = request.Store,
        PreviousId = request.Prompt.PreviousId,
        ConversationId = request.Prompt.ConversationId,
    };
}
