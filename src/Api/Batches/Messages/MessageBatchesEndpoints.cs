using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Anthropic;
using LocalAI.Pipeline.Api.Batches.Output;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Batches.Running;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Batches.Messages;

/// <summary>Anthropic's <c>/v1/messages/batches</c>, also without <c>/v1</c>.</summary>
internal static class MessageBatchesEndpoints
{
    private const int BlockBytes = 64 * 1024;

    public static void MapMessageBatches(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["/v1/messages/batches", "/messages/batches"])
        {
            routes.MapPost(prefix, Create).WithMetadata(AnthropicErrors.Shape);
            routes.MapGet(prefix, List).WithMetadata(AnthropicErrors.Shape);
            routes.MapGet(prefix + "/{id}", Get).WithMetadata(AnthropicErrors.Shape);
            routes.MapGet(prefix + "/{id}/results", GetResults).WithMetadata(AnthropicErrors.Shape);
            routes.MapPost(prefix + "/{id}/cancel", Cancel).WithMetadata(AnthropicErrors.Shape);
            routes.MapDelete(prefix + "/{id}", Delete).WithMetadata(AnthropicErrors.Shape);
        }
    }

    public static async Task Create(HttpContext context, MessageBatchCreation creation)
    {
        var batch = await creation.RunAsync(context.Request, context.Owner(), context.RequestAborted);
        await WriteAsync(context, batch);
    }

    public static async Task List(HttpContext context, BatchStore batches)
    {
        var page = BatchPage.OfAnthropic(new QueryReader(context.Request.Query));
        var found = await batches.ListAsync(context.Owner(), BatchKind.Messages, page, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => MessageBatchJson.WriteList(json, found, page, Address(context.Request)));
    }

    public static async Task Get(HttpContext context, string id, BatchStore batches) => await WriteAsync(context, await FindAsync(context, id, batches));

    public static async Task GetResults(HttpContext context, string id, BatchStore batches, IObjectStore store)
    {
        var batch = await FindAsync(context, id, batches);
        var content = MessageBatchJson.HasResults(batch) ? await store.OpenAsync(ObjectKeys.BatchContent(id, BatchOutput.ResultsName), 0, null, context.RequestAborted) : null;
        if (content is null)
        {
            throw RequestErrors.Create("results_not_available", "The batch has no results: it has not ended, or it failed.");
        }

        await using (content)
        {
            context.Response.ContentType = content.ContentType;
            context.Response.ContentLength = content.TotalLength;
            await content.Content.CopyToAsync(context.Response.Body, BlockBytes, context.RequestAborted);
        }
    }

    public static async Task Cancel(HttpContext context, string id, BatchStore batches, BatchRunner runner)
    {
        await FindAsync(context, id, batches);
        await batches.CancelAsync(id, context.RequestAborted);
        runner.Wake(id);
        var batch = await FindAsync(context, id, batches);
        if (batch.CancellingAt is null)
        {
            throw RequestErrors.Create("batch_not_cancellable", "The batch cannot be cancelled: all of its requests have run.");
        }

        await WriteAsync(context, batch);
    }

    public static async Task Delete(HttpContext context, string id, BatchStore batches, BatchRemoval removal)
    {
        var batch = await FindAsync(context, id, batches);
        if (!batch.HasEnded)
        {
            throw RequestErrors.Create("batch_not_ended", "The batch cannot be deleted before it has ended: cancel it first.");
        }

        await removal.RemoveAsync(id, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => MessageBatchJson.WriteDeleted(json, id));
    }

    private static Task WriteAsync(HttpContext context, Batch batch) =>
        JsonResponse.WriteAsync(context.Response, json => MessageBatchJson.Write(json, batch, Address(context.Request)));

    private static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static async Task<Batch> FindAsync(HttpContext context, string id, BatchStore batches) =>
        await batches.FindAsync(context.Owner(), BatchKind.Messages, id, context.RequestAborted) ?? throw FileErrors.NotFound("message batch", id, "message_batch_id");
}
