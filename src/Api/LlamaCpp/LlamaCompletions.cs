using LocalAI.Pipeline.Api.Adapters;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>Makes jobs of a completion in llama.cpp's shape.</summary>
internal sealed class LlamaCompletions(ModelResolver models, TextGenerations generations, TokenRequests tokens)
{
    /// <summary>Starts a job for each completion of each prompt.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, no room, or no broker.</exception>
    public async Task<LlamaCompletion> StartAsync(LlamaCompletionRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        var lora = AdapterScaleReader.Complete(request.Lora, model.LoraAdapters.Count, "lora");
        var drafts = new List<GenerateText>();
        var texts = new List<string>();
        foreach (var prompt in request.Prompts)
        {
            var ids = prompt.Text is null ? await TokensAsync(model.Name, prompt, origin, aborted) : null;
            texts.Add(prompt.Text ?? await tokens.TextAsync(model.Name, ids!, origin, aborted));
            drafts.AddRange(Enumerable.Range(0, request.Choices).Select(choice => Draft(request, choice) with { Prompt = prompt.Text, PromptTokens = ids, Lora = lora }));
        }

        var started = await generations.StartAsync(model.Name, drafts, origin, aborted);
        return new LlamaCompletion(new LlamaHead(model, request, texts), started.Reader);
    }

    private static GenerateText Draft(LlamaCompletionRequest request, int choice) => TextGenerations.Draft(
        Lane.Interactive,
        // The same seed for all completions would give the same text each time.
        request.Sampling.Seed is { } seed && choice > 0 ? request.Sampling with { Seed = unchecked(seed + choice) } : request.Sampling) with
    {
        Suffix = request.Infill?.Suffix,
        InfillStart = request.Infill?.Start,
        InfillFiles = request.Infill?.Files,
        Output = request.Output,
        MaxTokens = request.MaxTokens,
        MaxGenerationMilliseconds = request.MaxGenerationMilliseconds,
        StopSequences = request.StopSequences,
        IgnoreEndOfSequence = request.IgnoreEndOfSequence,
        Logprobs = request.Probabilities > 0,
        TopLogprobs = request.Probabilities,
        LogitBias = request.LogitBias,
        CachePrompt = request.CachePrompt,
        Detailed = request.Stream || request.ReturnTokens,
    };

    /// <summary>All of a prompt as tokens; only a text at its very beginning gets the token that begins a prompt.</summary>
    private async Task<IReadOnlyList<int>> TokensAsync(string model, LlamaPrompt prompt, JobOrigin origin, CancellationToken aborted)
    {
        if (prompt.Tokens is { } all)
        {
            return all;
        }

        var ids = new List<int>();
        foreach (var part in prompt.Parts)
        {
            ids.AddRange(part.Tokens ?? await tokens.TokensAsync(model, part.Text!, origin, aborted, addSpecial: ids.Count == 0));
        }

        return ids;
    }
}
