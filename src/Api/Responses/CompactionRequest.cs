using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The body of <c>POST /v1/responses/compact</c>, read and checked.</summary>
internal sealed record CompactionRequest(ResponsePrompt Prompt, Lane Lane);
