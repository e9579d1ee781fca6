namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Whose request it is, and the id that finds it in the logs.</summary>
internal sealed record JobOrigin(string Owner, string RequestId);
