using System.Text.Json;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Embeddings;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Ollama.Reading;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary><c>POST /api/embed</c>, and the older <c>/api/embeddings</c> with one input and one vector.</summary>
internal static class OllamaEmbeddingEndpoints
{
    // Each is a pass through the model while the request waits.
    private const int MaxInputs = 256;

    public static void MapOllamaEmbeddings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/embed", Embed);
        routes.MapPost("/embeddings", EmbedOne);
    }

    public static async Task Embed(HttpContext context, OllamaModels models, TextRequests requests, TimeProvider time, IOptions<RequestOptions> limits)
    {
        var begun = time.GetTimestamp();
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var (name, inputs, dimensions) = Read(body.Root, "input");
        var reply = await AskAsync(context, models.Text(name).Name, inputs, requests);
        var vectors = reply.Vectors.Select(vector => VectorLength.Shortened(vector, dimensions)).ToList();
        var total = time.GetElapsedTime(begun);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteString("model"u8, name ?? models.Text(name).Name);
            json.WriteStartArray("embeddings"u8);
            foreach (var vector in vectors)
            {
                Write(json, vector);
            }

            json.WriteEndArray();
            json.WriteNumber("total_duration"u8, (long)total.TotalNanoseconds);
            json.WriteNumber("prompt_eval_count"u8, reply.PromptTokens);
            json.WriteEndObject();
        });
    }

    public static async Task EmbedOne(HttpContext context, OllamaModels models, TextRequests requests, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var (name, inputs, _) = Read(body.Root, "prompt");
        var reply = await AskAsync(context, models.Text(name).Name, inputs, requests);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("embedding"u8);
            Write(json, reply.Vectors[0]);
            json.WriteEndObject();
        });
    }

    internal static (string? Model, IReadOnlyList<TokenInput> Inputs, int? Dimensions) Read(JsonElement root, string field)
    {
        var fields = new FieldReader(root);
        var model = ModelNameReader.Read(fields);
        var isOne = field == "prompt";
        var inputs = isOne ? [new TokenInput { Text = fields.RequiredText(field) }] : TokenInputReader.Read(fields, field, MaxInputs);
        _ = KeepAliveReader.Read(fields);
        if (fields.Flag("truncate") == true)
        {
            throw RequestErrors.Unsupported("truncate", "an input over the context is refused and never cut; leave it out or send false.");
        }

        // The older endpoint never had it.
        var dimensions = isOne ? null : fields.Integer("dimensions", 1, VectorLength.Most);
        // How tokens are chosen makes no difference to a vector, but what is written there must be right.
        _ = OllamaOptionsReader.Read(fields);
        fields.RefuseOthers();
        return (model, inputs, dimensions);
    }

    private static Task<TextEmbedded> AskAsync(HttpContext context, string model, IReadOnlyList<TokenInput> inputs, TextRequests requests) =>
        requests.AskAsync<EmbedText, TextEmbedded>(model, new EmbedText
        {
            JobId = Guid.NewGuid(),
            Model = model,
            Owner = context.Owner(),
            RequestId = context.RequestId(),
            Inputs = inputs,
        }, context.RequestAborted);

    private static void Write(Utf8JsonWriter json, float[] vector)
    {
        json.WriteStartArray();
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
