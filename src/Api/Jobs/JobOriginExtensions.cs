using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.RequestIds;

namespace LocalAI.Pipeline.Api.Jobs;

internal static class JobOriginExtensions
{
    /// <summary>Where the request's jobs come from.</summary>
    public static JobOrigin Origin(this HttpContext context) => new(context.Owner(), context.RequestId(), context.Features.Get<RequestLane>()?.Lane);
}
