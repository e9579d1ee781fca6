using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary><c>options</c>, read and checked.</summary>
internal sealed record OllamaOptions(SamplingSettings Sampling, int? MaxTokens, IReadOnlyList<string>? StopSequences, int? ContextSize);
