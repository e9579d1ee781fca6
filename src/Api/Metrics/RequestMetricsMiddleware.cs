namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>Counts each request by its route's pattern, which is bounded, not by its path, which is the caller's.</summary>
internal sealed class RequestMetricsMiddleware(RequestDelegate next, ApiMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            metrics.Requested((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none", context.Response.StatusCode);
        }
    }
}
