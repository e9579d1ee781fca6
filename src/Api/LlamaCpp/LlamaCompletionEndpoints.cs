using System.Text.Json;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.LlamaCpp.Reading;
using LocalAI.Pipeline.Api.LlamaCpp.Writing;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>
/// <c>POST /completion</c>, <c>/completions</c> and <c>/infill</c>. As at llama.cpp's server the path without <c>/v1</c> has its own
/// shape, and <c>/v1/completions</c> OpenAI's (LocalAI has OpenAI's at both): who wants OpenAI's has a path for it, and the programs
/// that speak llama.cpp's have only this one.
/// </summary>
internal static class LlamaCompletionEndpoints
{
    public static void MapLlamaCompletions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/completion", Complete).WithMetadata(new PromptField("prompt"));
        routes.MapPost("/completions", Complete).WithMetadata(new PromptField("prompt"));
        routes.MapPost("/infill", Infill).WithMetadata(new PromptField("input_prefix"));
    }

    public static Task Complete(HttpContext context, LlamaCompletions completions, IOptions<RequestOptions> limits) =>
        AnswerAsync(context, completions, limits.Value, LlamaCompletionReader.Read);

    public static Task Infill(HttpContext context, LlamaCompletions completions, IOptions<RequestOptions> limits) =>
        AnswerAsync(context, completions, limits.Value, InfillReader.Read);

    private static async Task AnswerAsync(HttpContext context, LlamaCompletions completions, RequestOptions limits, Func<JsonElement, LlamaCompletionRequest> read)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        var request = read(body.Root);
        using var completion = await completions.StartAsync(request, new JobOrigin(context.Owner(), context.RequestId()), context.RequestAborted);
        await (request.Stream ? LlamaStreamWriter.WriteAsync(completion, context.Response) : LlamaResponseWriter.WriteAsync(completion, context.Response));
    }
}
