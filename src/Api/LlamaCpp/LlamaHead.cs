using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>What all parts of one answer have in common.</summary>
/// <param name="prompts">The text of each prompt.</param>
internal sealed class LlamaHead(ModelDefinition model, LlamaCompletionRequest request, IReadOnlyList<string> prompts)
{
    public string Model => model.Name;

    public LlamaCompletionRequest Request => request;

    /// <summary>What holds, with the model's and llama.cpp's values where the request has none.</summary>
    public SamplingSettings Sampling { get; } = EffectiveSampling.Of(request.Sampling, model.Parameters);

    /// <summary>Null is no limit.</summary>
    public int? MaxTokens { get; } = request.MaxTokens ?? model.Parameters.MaxTokens;

    public int Jobs => prompts.Count * request.Choices;

    public string Prompt(int job) => prompts[job / request.Choices];
}
