namespace LocalAI.Pipeline.Api.Health;

/// <summary>The body of <c>/healthz</c> and <c>/readyz</c>.</summary>
internal sealed record HealthResponse(string Status, IReadOnlyList<string> Reasons);
