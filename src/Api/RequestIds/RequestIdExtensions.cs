namespace LocalAI.Pipeline.Api.RequestIds;

internal static class RequestIdExtensions
{
    /// <summary>The id that finds the request in the logs.</summary>
    public static string RequestId(this HttpContext context) => context.TraceIdentifier;
}
