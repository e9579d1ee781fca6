using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary><c>GET /metrics</c>.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Read);

    public static async Task Read(HttpContext context, MetricsCollector collector, QueueMetrics queues, WorkerFleet fleet, JobRelay relay)
    {
        var text = new PrometheusText();
        foreach (var series in collector.Series)
        {
            text.Series(series);
        }

        text.Gauges("pipeline_open_jobs", "Generations that this instance follows now.", [("", relay.Count)]);
        await queues.WriteAsync(text, context.RequestAborted);
        FleetMetrics.Write(text, fleet);
        LlamaMetrics.Write(text, collector, relay);
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
