namespace LocalAI.Pipeline.Api.Errors;

/// <summary>In an endpoint's metadata: the field that holds what the model reads, which an error about its length names. Without it: <c>messages</c>.</summary>
internal sealed record PromptField(string Name);
