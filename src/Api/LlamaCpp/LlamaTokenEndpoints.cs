using System.Text.Json;
using System.Text.Unicode;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary><c>POST /tokenize</c>, <c>/detokenize</c> and <c>/apply-template</c>.</summary>
internal static class LlamaTokenEndpoints
{
    public static void MapLlamaTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tokenize", Tokenize);
        routes.MapPost("/detokenize", TokenEndpoints.Detokenize);
        routes.MapPost("/apply-template", ApplyTemplate);
    }

    public static async Task Tokenize(HttpContext context, ModelResolver models, TokenRequests requests, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var fields = new FieldReader(body.Root);
        var name = ModelNameReader.Read(fields);
        var request = TokenRequests.Request("", fields.RequiredText("content"), new JobOrigin(context.Owner(), context.RequestId())) with
        {
            AddSpecial = fields.Flag("add_special") ?? false,
            ParseSpecial = fields.Flag("parse_special") ?? true,
            WithPieces = fields.Flag("with_pieces") ?? false,
        };
        fields.RefuseOthers();
        var tokens = await requests.TokenizeAsync(request with { Model = models.Text(name).Name }, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => Write(json, tokens));
    }

    /// <summary>The prompt that a chat would start from; the body is a chat's.</summary>
    public static async Task ApplyTemplate(HttpContext context, ChatCompletions chat, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var rendered = await chat.RenderAsync(ChatRequestReader.Read(body.Root), new JobOrigin(context.Owner(), context.RequestId()), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteString("prompt"u8, rendered.Prompt);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, TextTokenized tokens)
    {
        json.WriteStartObject();
        json.WriteStartArray("tokens"u8);
        for (var i = 0; i < tokens.Tokens.Count; i++)
        {
            if (tokens.Pieces is { } pieces)
            {
                json.WriteStartObject();
                json.WriteNumber("id"u8, tokens.Tokens[i]);
                json.WritePropertyName("piece"u8);
                Piece(json, pieces[i]);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNumberValue(tokens.Tokens[i]);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A text, or the bytes where they are only a part of a character.</summary>
    private static void Piece(Utf8JsonWriter json, byte[] piece)
    {
        if (Utf8.IsValid(piece))
        {
            json.WriteStringValue(piece);
            return;
        }

        json.WriteStartArray();
        foreach (var value in piece)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
