using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>
/// <c>GET /lora-adapters</c>: those of a model's YAML file. <c>POST</c> takes the scales that hold and refuses others, because a change
/// would have to reach every worker, and every answer that is being generated.
/// </summary>
internal static class LoraAdapterEndpoints
{
    // Scales come as decimal text.
    private const float Rounding = 1e-6f;

    public static void MapLoraAdapters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lora-adapters", List);
        routes.MapPost("/lora-adapters", Change);
    }

    public static Task List(HttpContext context, string? model, ModelResolver models)
    {
        var adapters = models.Text(model).LoraAdapters;
        return JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartArray();
            for (var id = 0; id < adapters.Count; id++)
            {
                json.WriteStartObject();
                json.WriteNumber("id"u8, id);
                json.WriteString("path"u8, Path.GetFileName(adapters[id].File));
                json.WriteNumber("scale"u8, adapters[id].Scale);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    public static async Task Change(HttpContext context, string? model, ModelResolver models, IOptions<RequestOptions> limits)
    {
        var definition = models.Text(model);
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var scales = Read(body.Root, definition.LoraAdapters.Count);
        for (var id = 0; id < scales.Length; id++)
        {
            if (Math.Abs(scales[id] - definition.LoraAdapters[id].Scale) > Rounding)
            {
                throw new ApiException(new ApiError(501, ApiErrorTypes.InvalidRequest, LlamaErrors.NotSupported, $"The scale of adapter {id} is {definition.LoraAdapters[id].Scale} in {definition.Source}, and is not changed by requests: change it there.", "scale"));
            }
        }

        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success"u8, true);
            json.WriteEndObject();
        });
    }

    /// <summary>The scale of each adapter; one that is not in the list has 0.</summary>
    internal static float[] Read(JsonElement root, int adapters)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw RequestErrors.Create("invalid_type", $"The body must be an array of objects with 'id' and 'scale', but is {FieldReader.Kind(root)}.");
        }

        var scales = new float[adapters];
        var index = 0;
        foreach (var item in root.EnumerateArray())
        {
            var fields = new FieldReader(item, $"[{index++}]");
            var id = fields.Integer("id", 0, int.MaxValue) ?? throw RequestErrors.Missing(fields.PathOf("id"));
            var scale = fields.Number("scale", -100, 100) ?? throw RequestErrors.Missing(fields.PathOf("scale"));
            fields.RefuseOthers();
            scales[id < adapters ? id : throw RequestErrors.WrongValue(fields.PathOf("id"), $"is {id}, but the model has {adapters} adapters.")] = scale;
        }

        return scales;
    }
}
