using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>What is after a gap, how what is in it begins, and other files.</summary>
internal sealed record LlamaInfill(string Suffix, string? Start, IReadOnlyList<InfillFile> Files);
