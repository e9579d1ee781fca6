using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>The items of a conversation.</summary>
internal static class ConversationItemEndpoints
{
    public static void MapConversationItems(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet($"{path}/{{id}}/items", List);
        routes.MapPost($"{path}/{{id}}/items", Add);
        routes.MapGet($"{path}/{{id}}/items/{{itemId}}", Get);
        routes.MapDelete($"{path}/{{id}}/items/{{itemId}}", Remove);
    }

    public static async Task List(HttpContext context, string id, ConversationStore store)
    {
        var page = ItemPage.Read(context.Request.Query);
        var items = await ItemsAsync(context, id, store);
        await JsonResponse.WriteAsync(context.Response, json => page.Write(json, items));
    }

    public static async Task Add(HttpContext context, string id, ConversationStore store, IOptions<RequestOptions> limits)
    {
        CheckQuery(context);
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = ConversationRequest.ReadItems(body.Root);
        var added = await store.AddAsync(ConversationIds.Read(id), context.Owner(), request.Items, context.RequestAborted) ?? throw ConversationIds.NotFound(id);
        await JsonResponse.WriteAsync(context.Response, json => ItemPage.WriteList(json, added, hasMore: false));
    }

    public static async Task Get(HttpContext context, string id, string itemId, ConversationStore store)
    {
        CheckQuery(context);
        var item = (await ItemsAsync(context, id, store)).FirstOrDefault(item => item.Id == itemId) ?? throw NotFound(itemId);
        await JsonResponse.WriteAsync(context.Response, json => ItemJson.Write(json, item));
    }

    public static async Task Remove(HttpContext context, string id, string itemId, ConversationStore store)
    {
        var conversation = await store.FindAsync(ConversationIds.Read(id), context.Owner(), context.RequestAborted) ?? throw ConversationIds.NotFound(id);
        if (!await store.RemoveAsync(conversation.Id, context.Owner(), itemId, context.RequestAborted))
        {
            throw NotFound(itemId);
        }

        await JsonResponse.WriteAsync(context.Response, json => ConversationJson.Write(json, conversation));
    }

    private static async Task<IReadOnlyList<ResponseItem>> ItemsAsync(HttpContext context, string id, ConversationStore store) =>
        await store.ItemsAsync(ConversationIds.Read(id), context.Owner(), context.RequestAborted) ?? throw ConversationIds.NotFound(id);

    private static void CheckQuery(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        ItemPage.CheckIncludes(query);
        query.RefuseOthers();
    }

    private static ApiException NotFound(string id) => new(new ApiError(404, ApiErrorTypes.InvalidRequest, "item_not_found", $"Item with id '{Shown.Short(id)}' not found."));
}
