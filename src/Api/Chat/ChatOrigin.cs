namespace LocalAI.Pipeline.Api.Chat;

/// <summary>Whose request it is, and the id that finds it in the logs.</summary>
internal sealed record ChatOrigin(string Owner, string RequestId);
