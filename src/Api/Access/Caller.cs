namespace LocalAI.Pipeline.Api.Access;

/// <summary>Whose key a request came with.</summary>
internal sealed record Caller(string Owner);
