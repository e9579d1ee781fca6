namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>How far an item is.</summary>
internal enum ItemStatus
{
    InProgress,
    Completed,
    Incomplete,
}
