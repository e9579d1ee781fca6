using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Completions;

/// <summary>Makes jobs of a completion request.</summary>
internal sealed class TextCompletions(ModelResolver models, TextGenerations generations, TokenRequests tokens)
{
    /// <summary>Starts a job for each completion of each prompt.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, no room, or no broker.</exception>
    public async Task<CompletionGeneration> StartAsync(CompletionRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        var echoes = request.Echo ? await EchoesAsync(request, model.Name, origin, aborted) : null;
        var drafts = request.Prompts.SelectMany(prompt => Enumerable.Range(0, request.BestOf).Select(candidate => Draft(request, prompt, candidate, model))).ToList();
        var started = await generations.StartAsync(model.Name, drafts, origin, aborted);
        return new CompletionGeneration(new CompletionHead(started.Commands, request, echoes), started.Reader);
    }

    private static GenerateText Draft(CompletionRequest request, TokenInput prompt, int candidate, ModelDefinition model) => TextGenerations.Draft(request.Lane, request.Sampling.ForChoice(candidate)) with
    {
        // A template has one hole, and what is to be filled lies between two texts.
        Prompt = prompt.Text is { } text && !request.HasGap ? PromptTemplates.Completion(model, text) : prompt.Text,
        PromptTokens = prompt.Tokens,
        Suffix = request.HasGap ? request.Suffix : null,
        Output = request.Output,
        MaxTokens = request.MaxTokens,
        StopSequences = request.StopSequences,
        IgnoreEndOfSequence = request.IgnoreEndOfSequence,
        Logprobs = request.Logprobs is not null || request.IsChosen,
        TopLogprobs = request.Logprobs ?? 0,
        LogitBias = request.LogitBias,
    };

    private async Task<IReadOnlyList<string>> EchoesAsync(CompletionRequest request, string model, JobOrigin origin, CancellationToken aborted)
    {
        var echoes = new List<string>(request.Prompts.Count);
        foreach (var prompt in request.Prompts)
        {
            echoes.Add(prompt.Text ?? await tokens.TextAsync(model, prompt.Tokens!, origin, aborted));
        }

        return echoes;
    }
}
