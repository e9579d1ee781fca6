using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Background;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Reading;
using LocalAI.Pipeline.Api.Responses.Storage;
using LocalAI.Pipeline.Api.Responses.Writing;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>What is done with a response that was kept: <c>GET</c> and <c>DELETE /v1/responses/{id}</c>, <c>/input_items</c>, <c>/cancel</c>.</summary>
internal static class StoredResponseEndpoints
{
    public static void MapStoredResponses(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet($"{path}/{{id}}", Get);
        routes.MapDelete($"{path}/{{id}}", Delete);
        routes.MapGet($"{path}/{{id}}/input_items", ListInput);
        routes.MapPost($"{path}/{{id}}/cancel", Cancel);
    }

    public static async Task Get(HttpContext context, string id, ResponseStore store, BackgroundStreamWriter streams, QueueEstimates estimates)
    {
        var query = ResponseQuery.Read(context.Request.Query);
        var response = await FindAsync(context, id, store);
        if (!query.Stream)
        {
            await WriteAsync(context, response, estimates);
        }
        else if (response.Job is { } job && BackgroundResponse.Of(job).Streams)
        {
            await streams.WriteAsync(job, query.After, context.Response);
        }
        else
        {
            throw RequestErrors.WrongValue("stream", "is only possible for a response that was made with 'background' and 'stream'.");
        }
    }

    public static async Task Cancel(HttpContext context, string id, BackgroundResponses responses, QueueEstimates estimates) =>
        await WriteAsync(context, await responses.CancelAsync(id, context.Owner(), context.RequestAborted), estimates);

    /// <summary>The response object; a queued one with its place in the queue.</summary>
    public static async Task WriteAsync(HttpContext context, KeptResponse response, QueueEstimates estimates)
    {
        var position = response.Job is { } job ? await estimates.OfAsync(job, context.RequestAborted) : null;
        await (position is null
            ? JsonResponse.WriteTextAsync(context.Response, response.Body)
            : JsonResponse.WriteAsync(context.Response, json => ResponseJson.WriteQueued(json, response.Body, position)));
    }

    public static async Task Delete(HttpContext context, string id, ResponseStore store)
    {
        if (!ResponseIds.TryRead(id, out var job) || !await store.DeleteAsync(job, context.Owner(), context.RequestAborted))
        {
            throw ResponseIds.NotFound(id);
        }

        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "response"u8);
            json.WriteBoolean("deleted"u8, true);
            json.WriteEndObject();
        });
    }

    public static async Task ListInput(HttpContext context, string id, ResponseStore store)
    {
        var page = ItemPage.Read(context.Request.Query);
        var response = await FindAsync(context, id, store);
        await JsonResponse.WriteAsync(context.Response, json => page.Write(json, InputReader.ReadStored(response.Input)));
    }

    private static async Task<KeptResponse> FindAsync(HttpContext context, string id, ResponseStore store) =>
        (ResponseIds.TryRead(id, out var job) ? await store.FindAsync(job, context.Owner(), context.RequestAborted) : null) ?? throw ResponseIds.NotFound(id);
}
