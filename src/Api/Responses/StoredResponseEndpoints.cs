using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Reading;
using LocalAI.Pipeline.Api.Responses.Storage;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>What is done with a response that was kept: <c>GET</c> and <c>DELETE /v1/responses/{id}</c>, <c>/input_items</c>.</summary>
internal static class StoredResponseEndpoints
{
    public static void MapStoredResponses(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet($"{path}/{{id}}", Get);
        routes.MapDelete($"{path}/{{id}}", Delete);
        routes.MapGet($"{path}/{{id}}/input_items", ListInput);
    }

    public static async Task Get(HttpContext context, string id, ResponseStore store)
    {
        var query = ResponseQuery.Read(context.Request.Query);
        var response = await FindAsync(context, id, store);
        if (query.Stream)
        {
            throw RequestErrors.WrongValue("stream", "is only possible for a response that was made with 'background' and 'stream'.");
        }

        await JsonResponse.WriteTextAsync(context.Response, response.Body);
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

    private static async Task<StoredResponse> FindAsync(HttpContext context, string id, ResponseStore store) =>
        (ResponseIds.TryRead(id, out var job) ? await store.FindAsync(job, context.Owner(), context.RequestAborted) : null) ?? throw ResponseIds.NotFound(id);
}
