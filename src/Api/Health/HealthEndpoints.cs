using System.Reflection;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Bus;

namespace LocalAI.Pipeline.Api.Health;

/// <summary>Whether this process lives, whether it can serve, and which release it is.</summary>
internal static class HealthEndpoints
{
    public static readonly string Version =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", Live).WithMetadata(new OpenToAll());
        routes.MapGet("/readyz", Ready).WithMetadata(new OpenToAll());
        routes.MapGet("/version", () => Results.Json(new VersionResponse(Version)));
    }

    public static IResult Live() => Results.Json(new HealthResponse("ok", []));

    public static async Task<IResult> Ready(BusHealth bus, WorkerFleet fleet, DatabaseHealth database, CancellationToken aborted)
    {
        var reasons = Reasons(bus, fleet);
        if (await database.CheckAsync(aborted) is { } problem)
        {
            reasons.Add(problem);
        }

        return reasons.Count == 0
            ? Results.Json(new HealthResponse("ready", []))
            : Results.Json(new HealthResponse("not ready", reasons), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Why no generation can run now; empty when one can.</summary>
    public static List<string> Reasons(BusHealth bus, WorkerFleet fleet)
    {
        var reasons = new List<string>();
        if (bus.Check() is { IsReady: false, Reason: { } reason })
        {
            reasons.Add(reason);
        }

        if (fleet.Alive.Count == 0)
        {
            reasons.Add("No worker was heard of lately: none is running, or none reaches the broker.");
        }

        return reasons;
    }
}
