using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Edits;

/// <summary>LocalAI's <c>POST /v1/edits</c>, which OpenAI had once.</summary>
internal static class EditEndpoints
{
    public static void MapEdits(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/v1/edits", "/edits"])
        {
            routes.MapPost(path, Create).WithMetadata(new PromptField("input"));
        }
    }

    public static async Task Create(HttpContext context, TextEdits edits, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = EditRequestReader.Read(body.Root);
        var started = await edits.StartAsync(request, context.Origin(), context.RequestAborted);
        using var reader = started.Reader;
        var texts = started.Commands.Select(_ => new StringBuilder()).ToList();
        var usage = default(TokenUsage);
        await WholeAnswer.ReadAsync(reader, item =>
        {
            texts[item.Choice].Append(item.Delta.Text);
            usage = item.Delta.Finish is { } finish ? usage.Plus(finish, isFirst: item.Choice % request.Choices == 0) : usage;
        });
        await JsonResponse.WriteAsync(context.Response, json => Write(json, started.Commands[0], texts, usage));
    }

    private static void Write(Utf8JsonWriter json, GenerateText command, List<StringBuilder> texts, TokenUsage usage)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, $"edit-{command.JobId:N}");
        json.WriteString("object"u8, "edit"u8);
        json.WriteNumber("created"u8, command.AcceptedAt.ToUnixTimeSeconds());
        json.WriteString("model"u8, command.Model);
        json.WriteStartArray("choices"u8);
        for (var index = 0; index < texts.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, texts[index].ToString());
            json.WriteNumber("index"u8, index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        usage.Write(json);
        json.WriteEndObject();
    }
}
