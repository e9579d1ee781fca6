using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Makes jobs of requests for responses.</summary>
internal sealed class ResponseGenerations(ResponseDrafts drafts, TextGenerations generations, TokenRequests tokens, IOptions<ResponsesOptions> options)
{
    /// <exception cref="ApiException">There is no such model, what it goes on from is not there, there is no room, or no broker.</exception>
    public async Task<ResponseGeneration> StartAsync(ResponseRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var prepared = await drafts.PrepareAsync(request, origin, aborted);
        var started = await generations.StartAsync(prepared.Model.Name, [prepared.Draft], origin, aborted);
        var command = started.Commands[0];
        var head = ResponseHead.Of(request, command.JobId, command.AcceptedAt, prepared.Model, options.Value.ReasoningEvents);
        return new ResponseGeneration(head, Origin(request, prepared, origin), prepared.All, started.Reader);
    }

    /// <summary>Tokens of the prompt, as the model's own template and vocabulary make them.</summary>
    /// <exception cref="ApiException">There is no such model, nobody answered, or the prompt was refused.</exception>
    public async Task<int> CountAsync(ResponsePrompt prompt, JobOrigin origin, CancellationToken aborted)
    {
        var prepared = await drafts.PrepareAsync(prompt, Lane.Interactive, new SamplingSettings(), origin, aborted);
        return (await tokens.RenderAsync(drafts.Complete(prepared, origin), aborted)).Tokens;
    }

    private static ResponseOrigin Origin(ResponseRequest request, PreparedResponse prepared, JobOrigin origin) => new()
    {
        Owner = origin.Owner,
        Input = prepared.Input,
        IsStored = request.Store,
        PreviousId = request.Prompt.PreviousId,
        ConversationId = request.Prompt.ConversationId,
    };
}
