using System.Text.Json;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary><c>POST /embedding</c> in llama.cpp's own shape: an array with the vectors of each input.</summary>
internal static class LlamaEmbeddingEndpoints
{
    // Each is a pass through the model while the request waits.
    private const int MaxInputs = 256;
    private const int Euclidean = 2;
    private const int HighestNorm = 64;

    public static void MapLlamaEmbedding(this IEndpointRouteBuilder routes) => routes.MapPost("/embedding", Embed).WithMetadata(new PromptField("content"));

    public static async Task Embed(HttpContext context, ModelResolver models, TextRequests requests, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var (model, inputs, norm) = Read(body.Root);
        var name = models.Text(model).Name;
        var reply = await requests.AskAsync<EmbedText, TextEmbedded>(name, new EmbedText
        {
            JobId = Guid.NewGuid(),
            Model = name,
            Owner = context.Owner(),
            RequestId = context.RequestId(),
            Inputs = inputs,
        }, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => Write(json, reply.Vectors, norm));
    }

    internal static (string? Model, IReadOnlyList<TokenInput> Inputs, int Norm) Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var model = ModelNameReader.Read(fields);
        var inputs = TokenInputReader.Read(fields, fields.Peek("content") is null ? "input" : "content", MaxInputs);
        var norm = fields.Integer("embd_normalize", -1, HighestNorm) ?? Euclidean;
        if (norm < 0)
        {
            throw RequestErrors.Unsupported("embd_normalize", "vectors come normalised from the engine; send 0 to 64.");
        }

        if (fields.Items("image_data") is { Count: > 0 })
        {
            throw RequestErrors.Unsupported("image_data", "inputs are text.");
        }

        fields.RefuseOthers();
        return (model, inputs, norm);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<float[]> vectors, int norm)
    {
        json.WriteStartArray();
        for (var index = 0; index < vectors.Count; index++)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            // An array of vectors: one for each token without pooling, and here always the one of the whole input.
            json.WriteStartArray("embedding"u8);
            json.WriteStartArray();
            foreach (var value in VectorNorms.Normalise(vectors[index], norm))
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
