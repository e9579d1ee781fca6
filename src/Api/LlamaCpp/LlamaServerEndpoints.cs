using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Health;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.LlamaCpp.Writing;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Bus;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary><c>/health</c>, <c>/props</c> and <c>/slots</c>. Where more than one text model is installed, the query's <c>model</c> says which is meant.</summary>
internal static class LlamaServerEndpoints
{
    public static void MapLlamaServer(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Health).WithMetadata(new OpenToAll());
        routes.MapGet("/v1/health", Health).WithMetadata(new OpenToAll());
        routes.MapGet("/props", Props);
        routes.MapPost("/props", ChangeProps);
        routes.MapGet("/slots", Slots);
    }

    public static Task Health(HttpContext context, BusHealth bus, WorkerFleet fleet)
    {
        var reasons = HealthEndpoints.Reasons(bus, fleet);
        return reasons.Count == 0
            ? JsonResponse.WriteAsync(context.Response, json =>
            {
                json.WriteStartObject();
                json.WriteString("status"u8, "ok"u8);
                json.WriteEndObject();
            })
            : throw new ApiException(new ApiError(503, ApiErrorTypes.Server, "not_ready", string.Join(' ', reasons)));
    }

    public static async Task Props(HttpContext context, string? model, ModelResolver models, ModelDescriptions descriptions, WorkerFleet fleet)
    {
        var definition = models.Text(model);
        var described = await descriptions.OfAsync(definition.Name, new JobOrigin(context.Owner(), context.RequestId()), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => PropsJson.Write(json, definition, described, fleet.Slots(definition.Name)));
    }

    public static void ChangeProps() => throw new ApiException(new ApiError(
        501, ApiErrorTypes.InvalidRequest, LlamaErrors.NotSupported, "This is not supported: properties are a model's YAML file and the settings, they are not changed by requests."));
    public static Task Slots(HttpContext context, string? model, string? fail_on_no_slot, ModelResolver models, WorkerFleet fleet)
    {
        var name = models.Text(model).Name;
        var states = fleet.Alive.SelectMany(worker => worker.Models.Where(state => state.Name == name).Select(state => (worker.WorkerId, State: state))).ToList();
        if (fail_on_no_slot is not (null or "0" or "false") && states.Sum(entry => entry.State.Slots - entry.State.SlotsBusy) <= 0)
        {
            throw new ApiException(new ApiError(503, ApiErrorTypes.Server, "no_slot", $"No slot is free: {fleet.Describe(name)}"));
        }

        return JsonResponse.WriteAsync(context.Response, json => SlotsJson.Write(json, states));
    }

}
