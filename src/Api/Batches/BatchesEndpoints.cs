using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Batches.Running;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>OpenAI's <c>/v1/batches</c>, also without <c>/v1</c>.</summary>
internal static class BatchesEndpoints
{
    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["/v1/batches", "/batches"])
        {
            routes.MapPost(prefix, Create);
            routes.MapGet(prefix, List);
            routes.MapGet(prefix + "/{id}", Get);
            routes.MapPost(prefix + "/{id}/cancel", Cancel);
        }
    }

    public static async Task Create(HttpContext context, BatchStore batches, FileStore files, BatchRunner runner, IOptions<BatchesOptions> options, IOptions<RequestOptions> limits, TimeProvider time)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var batch = BatchRequestReader.Read(new FieldReader(body.Root), context.Owner(), time.GetUtcNow());
        var file = await files.FindAsync(batch.Owner, batch.InputFileId!, context.RequestAborted) ?? throw FileErrors.NotFound("file", batch.InputFileId!, "input_file_id");
        CheckInput(file, options.Value);
        await batches.AddAsync(batch, context.RequestAborted);
        runner.Wake();
        await JsonResponse.WriteAsync(context.Response, json => BatchJson.Write(json, batch));
    }

    public static async Task List(HttpContext context, BatchStore batches)
    {
        var page = BatchPage.OfOpenAi(new QueryReader(context.Request.Query));
        var found = await batches.ListAsync(context.Owner(), BatchKind.Files, page, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => ListJson.Write(json, found, page.Limit, batch => batch.Id, BatchJson.Write));
    }

    public static async Task Get(HttpContext context, string id, BatchStore batches)
    {
        var batch = await FindAsync(context, id, batches);
        await JsonResponse.WriteAsync(context.Response, json => BatchJson.Write(json, batch));
    }

    public static async Task Cancel(HttpContext context, string id, BatchStore batches, BatchRunner runner)
    {
        await FindAsync(context, id, batches);
        await batches.CancelAsync(id, context.RequestAborted);
        runner.Wake(id);
        var batch = await FindAsync(context, id, batches);
        if (batch.State is not (BatchState.Cancelling or BatchState.Cancelled))
        {
            throw new ApiException(new ApiError(409, ApiErrorTypes.InvalidRequest, "batch_not_cancellable", $"The batch cannot be cancelled: it is {BatchJson.Status(batch.State)}.", "batch_id"));
        }

        await JsonResponse.WriteAsync(context.Response, json => BatchJson.Write(json, batch));
    }

    private static void CheckInput(StoredFile file, BatchesOptions options)
    {
        if (file.Purpose != FilePurposes.Batch)
        {
            throw RequestErrors.WrongValue("input_file_id", $"is a file with the purpose '{file.Purpose}': the input of a batch has '{FilePurposes.Batch}'.");
        }

        if (file.Bytes > options.MaxInputBytes)
        {
            throw RequestErrors.WrongValue("input_file_id", $"is a file of {file.Bytes} bytes: the input of a batch has at most {options.MaxInputBytes} (Batches:MaxInputBytes).");
        }
    }

    private static async Task<Batch> FindAsync(HttpContext context, string id, BatchStore batches) =>
        await batches.FindAsync(context.Owner(), BatchKind.Files, id, context.RequestAborted) ?? throw FileErrors.NotFound("batch", id, "batch_id");
}
