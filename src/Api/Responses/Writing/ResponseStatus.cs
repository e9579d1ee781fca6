using LocalAI.Pipeline.Api.DurableJobs;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>A response's <c>status</c>.</summary>
internal static class ResponseStatus
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Incomplete = "incomplete";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static string Of(DurableJobState state) => state switch
    {
        DurableJobState.Queued => Queued,
        DurableJobState.InProgress => InProgress,
        DurableJobState.Completed => Completed,
        DurableJobState.Incomplete => Incomplete,
        DurableJobState.Cancelled => Cancelled,
        _ => Failed,
    };
}
