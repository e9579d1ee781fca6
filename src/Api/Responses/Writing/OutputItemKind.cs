namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>What a model gives.</summary>
internal enum OutputItemKind
{
    Reasoning,
    Message,
    Call,
}
