using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Makes commands of prompts: with what they go on from, and within the context where that is wanted.</summary>
internal sealed class ResponseDrafts(ModelResolver models, EarlierItems earlier, ContextFitting fitting, TextGenerations generations, TimeProvider time)
{
    /// <exception cref="ApiException">There is no such model, what it goes on from is not there, or the items do not fit together.</exception>
    public async Task<PreparedResponse> PrepareAsync(ResponseRequest request, JobOrigin origin, CancellationToken aborted)
    {
        // What is prepared may be measured, so the answer's limit is known before.
        var prepared = await PrepareAsync(request.Prompt, request.Lane, request.Sampling, origin, aborted, request.MaxOutputTokens);
        return prepared with { Draft = prepared.Draft with { Logprobs = request.Logprobs, TopLogprobs = request.TopLogprobs } };
    }

    /// <exception cref="ApiException">There is no such model, what it goes on from is not there, or the items do not fit together.</exception>
    /// <param name="maxTokens">Most tokens of the answer; null means the model's default.</param>
    public async Task<PreparedResponse> PrepareAsync(ResponsePrompt prompt, Lane lane, SamplingSettings sampling, JobOrigin origin, CancellationToken aborted, int? maxTokens = null)
    {
        var model = models.Text(prompt.Model);
        var before = await earlier.ReadAsync(prompt, origin.Owner, aborted);
        var own = await earlier.ResolveAsync(prompt.Input, before, origin.Owner, aborted);
        IReadOnlyList<ResponseItem> all = [.. before, .. own];
        if (all.Count == 0)
        {
            throw RequestErrors.Missing("input");
        }

        var draft = TextGenerations.Draft(lane, sampling) with
        {
            MaxTokens = maxTokens,
            Messages = ItemConversation.Build(prompt.Instructions, all),
            ReasoningEffort = prompt.Reasoning.CommandEffort,
            Tools = prompt.Tools.Count > 0 ? prompt.Tools : null,
            ToolChoice = prompt.ToolChoice,
            Output = prompt.Output,
        };
        var prepared = new PreparedResponse(model, draft, ItemIds.Named(own, draft.JobId), all);
        return prompt.Truncates ? prepared with { Draft = await fitting.FitAsync(Complete(prepared, origin), model, origin, aborted) } : prepared;
    }

    /// <summary>The command as it is sent.</summary>
    public GenerateText Complete(PreparedResponse prepared, JobOrigin origin) => generations.Complete(prepared.Draft, prepared.Model.Name, origin, time.GetUtcNow());
}
