using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>OpenAI's <c>/v1/conversations</c>.</summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/v1/conversations", "/conversations"])
        {
            routes.MapPost(path, Create);
            routes.MapGet($"{path}/{{id}}", Get);
            routes.MapPost($"{path}/{{id}}", Describe);
            routes.MapDelete($"{path}/{{id}}", Delete);
            routes.MapConversationItems(path);
        }
    }

    public static async Task Create(HttpContext context, ConversationStore store, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadOptionalAsync(context.Request, limits.Value, context.RequestAborted);
        var request = ConversationRequest.ReadNew(body.Root);
        var conversation = await store.CreateAsync(context.Owner(), request.Metadata!, request.Items, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => ConversationJson.Write(json, conversation));
    }

    public static async Task Get(HttpContext context, string id, ConversationStore store)
    {
        var conversation = await store.FindAsync(ConversationIds.Read(id), context.Owner(), context.RequestAborted) ?? throw ConversationIds.NotFound(id);
        await JsonResponse.WriteAsync(context.Response, json => ConversationJson.Write(json, conversation));
    }

    public static async Task Describe(HttpContext context, string id, ConversationStore store, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = ConversationRequest.ReadMetadata(body.Root);
        if (!await store.DescribeAsync(ConversationIds.Read(id), context.Owner(), request.Metadata!, context.RequestAborted))
        {
            throw ConversationIds.NotFound(id);
        }

        await Get(context, id, store);
    }

    public static async Task Delete(HttpContext context, string id, ConversationStore store)
    {
        if (!await store.DeleteAsync(ConversationIds.Read(id), context.Owner(), context.RequestAborted))
        {
            throw ConversationIds.NotFound(id);
        }

        await JsonResponse.WriteAsync(context.Response, json => ConversationJson.WriteDeleted(json, id));
    }
}
