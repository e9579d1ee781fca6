using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.ModelList;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>: the usable models of the catalogue; <c>/v1/engines</c> is the same in older words.</summary>
internal static class ModelListEndpoints
{
    public static void MapModelList(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["/v1/models", "/models"])
        {
            routes.MapGet(prefix, List);
            // A model's name may hold slashes.
            routes.MapGet(prefix + "/{**id}", One);
        }

        routes.MapGet("/v1/engines", Engines);
        routes.MapGet("/v1/engines/{**id}", Engine);
    }

    public static Task List(HttpContext context, Catalogue catalogue) => ListAsync(context, catalogue, Write);

    public static Task One(HttpContext context, string id, Catalogue catalogue) => OneAsync(context, Find(id, catalogue), Write);

    /// <summary>OpenAI's old list.</summary>
    public static Task Engines(HttpContext context, Catalogue catalogue) => ListAsync(context, catalogue, WriteEngine);

    public static Task Engine(HttpContext context, string id, Catalogue catalogue) => OneAsync(context, Find(id, catalogue), WriteEngine);

    private static Task ListAsync(HttpContext context, Catalogue catalogue, Action<Utf8JsonWriter, ModelDefinition> write) => JsonResponse.WriteAsync(context.Response, json =>
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in catalogue.Models)
        {
            write(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Task OneAsync(HttpContext context, ModelDefinition model, Action<Utf8JsonWriter, ModelDefinition> write) =>
        JsonResponse.WriteAsync(context.Response, json => write(json, model));

    private static ModelDefinition Find(string id, Catalogue catalogue)
    {
        var (model, broken) = catalogue.Find(id);
        return model ?? throw new ApiException(broken is not null
                ? new ApiError(500, ApiErrorTypes.Server, "model_broken", $"The model '{broken.Name}' is disabled, because its configuration is wrong: {broken}", "model")
                : new ApiError(404, ApiErrorTypes.InvalidRequest, "model_not_found", $"There is no model '{Shown.Short(id)}' here: GET /v1/models lists those that there are.", "model"));
    }

    private static void Write(Utf8JsonWriter json, ModelDefinition model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, model.Name);
        json.WriteString("object"u8, "model"u8);
        // When a file came into a folder means nothing to a caller; clients only need a number.
        json.WriteNumber("created"u8, 0);
        json.WriteString("owned_by"u8, "local"u8);
        json.WriteEndObject();
    }

    private static void WriteEngine(Utf8JsonWriter json, ModelDefinition model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, model.Name);
        json.WriteString("object"u8, "engine"u8);
        json.WriteString("owner"u8, "local"u8);
        json.WriteBoolean("ready"u8, true);
        json.WriteEndObject();
    }
}
