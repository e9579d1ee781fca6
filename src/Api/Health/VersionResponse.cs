namespace LocalAI.Pipeline.Api.Health;

/// <summary>The body of <c>/version</c>.</summary>
internal sealed record VersionResponse(string Version);
