using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Health;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.Ollama.Writing;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary><c>/api/tags</c>, <c>/api/show</c>, <c>/api/ps</c>, <c>/api/version</c>, and a clear word about what Ollama does with models and we do not.</summary>
internal static class OllamaModelEndpoints
{
    public static void MapOllamaModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tags", Tags);
        routes.MapPost("/show", Show);
        routes.MapGet("/ps", Running);
        routes.MapGet("/version", Version);
        foreach (var path in (string[])["/pull", "/push", "/create", "/copy", "/delete", "/blobs/{digest}"])
        {
            routes.Map(path, Unsupported);
        }
    }

    public static Task Tags(HttpContext context, OllamaModels models) => JsonResponse.WriteAsync(context.Response, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var model in models.All)
        {
            OllamaModelJson.Listed(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static async Task Show(HttpContext context, OllamaModels models, ModelDescriptions descriptions, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var fields = new FieldReader(body.Root);
        var old = fields.Text("name");
        var model = models.Text(ModelNameReader.Read(fields) ?? old);
        // Vocabularies are not told, however much is asked.
        _ = fields.Flag("verbose");
        fields.RefuseOthers();
        var described = await descriptions.OfAsync(model.Name, new JobOrigin(context.Owner(), context.RequestId()), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => OllamaModelJson.Shown(json, model, described));
    }

    public static Task Running(HttpContext context, OllamaModels models, WorkerFleet fleet)
    {
        var loaded = fleet.Alive.SelectMany(worker => worker.Models).Where(state => state.Loaded).Select(state => state.Name).ToHashSet(StringComparer.Ordinal);
        return JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("models"u8);
            foreach (var model in models.All.Where(model => loaded.Contains(model.Name)))
            {
                OllamaModelJson.Running(json, model);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static Task Version(HttpContext context) => JsonResponse.WriteAsync(context.Response, json =>
    {
        json.WriteStartObject();
        // Without the commit: clients compare numbers.
        json.WriteString("version"u8, HealthEndpoints.Version.Split('+')[0]);
        json.WriteEndObject();
    });

    public static void Unsupported() => throw new ApiException(new ApiError(
        501, ApiErrorTypes.InvalidRequest, "not_supported", "Models are files in the models folder (Models:Folder): they are not pulled, made, copied or deleted by requests."));
}
