using LocalAI.Pipeline.Api.Adapters;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>
/// <c>GET /lora-adapters</c>: those of a model's YAML file with the scales that hold. <c>POST</c> sets the scales of the requests that
/// follow, here and at every other API instance.
/// </summary>
internal static class LoraAdapterEndpoints
{
    public static void MapLoraAdapters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lora-adapters", List);
        routes.MapPost("/lora-adapters", Change);
    }

    public static Task List(HttpContext context, string? model, ModelResolver models, AdapterScales scales)
    {
        var definition = models.Text(model);
        var adapters = definition.LoraAdapters;
        var changed = scales.Of(definition.Name);
        return JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartArray();
            for (var id = 0; id < adapters.Count; id++)
            {
                json.WriteStartObject();
                json.WriteNumber("id"u8, id);
                json.WriteString("path"u8, Path.GetFileName(adapters[id].File));
                json.WriteNumber("scale"u8, changed?[id].Scale ?? adapters[id].Scale);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    public static async Task Change(
        HttpContext context, string? model, ModelResolver models, AdapterScales scales, ICommandSender sender, TimeProvider time, IOptions<RequestOptions> limits)
    {
        var definition = models.Text(model);
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var change = new AdapterScalesChanged
        {
            Model = definition.Name,
            Scales = AdapterScaleReader.Complete(AdapterScaleReader.Read(body.Root), definition.LoraAdapters.Count, "")!,
            At = time.GetUtcNow(),
        };
        // The answer may be followed by a request at once, before the event comes back.
        await sender.PublishAsync(change, context.RequestAborted);
        scales.Change(change);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success"u8, true);
            json.WriteEndObject();
        });
    }
}
