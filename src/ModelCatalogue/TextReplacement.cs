namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>A regular expression and what its matches become.</summary>
public sealed record TextReplacement(string Pattern, string Replacement);
