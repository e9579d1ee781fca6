using System.Text.Json;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Tokens;

/// <summary>LocalAI's <c>POST /v1/tokenize</c> and <c>POST /v1/detokenize</c>; the paths without <c>/v1</c> are llama.cpp's.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/tokenize", Tokenize);
        routes.MapPost("/v1/detokenize", Detokenize);
    }

    public static async Task Tokenize(HttpContext context, ModelResolver models, TokenRequests requests, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var fields = new FieldReader(body.Root);
        var name = ModelNameReader.Read(fields);
        var text = fields.RequiredText("content");
        fields.RefuseOthers();
        var tokens = await requests.TokensAsync(models.Text(name).Name, text, Origin(context), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => Write(json, tokens));
    }

    public static async Task Detokenize(HttpContext context, ModelResolver models, TokenRequests requests, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var fields = new FieldReader(body.Root);
        var name = ModelNameReader.Read(fields);
        var tokens = TokenInputReader.Tokens("tokens", fields.Take("tokens") ?? throw RequestErrors.Missing("tokens"));
        fields.RefuseOthers();
        var text = await requests.TextAsync(models.Text(name).Name, tokens, Origin(context), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteString("content"u8, text);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<int> tokens)
    {
        json.WriteStartObject();
        json.WriteStartArray("tokens"u8);
        foreach (var token in tokens)
        {
            json.WriteNumberValue(token);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static JobOrigin Origin(HttpContext context) => new(context.Owner(), context.RequestId());
}
