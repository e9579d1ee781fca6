using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>OpenAI's <c>/v1/uploads</c>, also without <c>/v1</c>.</summary>
internal static class UploadsEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["/v1/uploads", "/uploads"])
        {
            routes.MapPost(prefix, Create);
            routes.MapPost(prefix + "/{id}/parts", AddPart);
            routes.MapPost(prefix + "/{id}/complete", Complete);
            routes.MapPost(prefix + "/{id}/cancel", Cancel);
        }
    }

    public static async Task Create(HttpContext context, UploadStore uploads, IOptions<FilesOptions> options, IOptions<RequestOptions> limits, TimeProvider time)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var upload = UploadReader.Create(new FieldReader(body.Root), context.Owner(), options.Value, time.GetUtcNow());
        await uploads.AddAsync(upload, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => UploadJson.Write(json, upload, UploadState.Pending, null));
    }

    public static async Task AddPart(HttpContext context, string id, UploadStore uploads, PartObjects parts, IOptions<FilesOptions> options, TimeProvider time)
    {
        var upload = await FindAsync(context, id, uploads);
        UploadCompletion.CheckPending(upload);
        var now = time.GetUtcNow();
        var partId = TimeOrderedId.New(UploadPart.Prefix, now);
        WrittenObject? written = null;
        var form = new MultipartForm("data", options.Value.MaxPartBytes, "Files:MaxPartBytes");
        // A part whose row does not follow goes with its upload.
        var fields = await form.ReadAsync(context.Request, async file => written = await parts.WriteAsync(id, partId, file.Content, context.RequestAborted), context.RequestAborted);
        fields.RefuseOthers();
        var part = new UploadPart { Id = partId, UploadId = id, Bytes = written!.Length, CreatedAt = now };
        await uploads.AddAsync(part, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => UploadJson.Write(json, part));
    }

    public static async Task Complete(HttpContext context, string id, UploadStore uploads, UploadCompletion completion, IOptions<RequestOptions> limits)
    {
        var upload = await FindAsync(context, id, uploads);
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var (partIds, md5) = UploadReader.Complete(new FieldReader(body.Root));
        var file = await completion.RunAsync(upload, partIds, md5, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => UploadJson.Write(json, upload, UploadState.Completed, file));
    }

    public static async Task Cancel(HttpContext context, string id, UploadStore uploads, PartObjects parts)
    {
        var upload = await FindAsync(context, id, uploads);
        if (!await uploads.TryCancelAsync(id, context.RequestAborted))
        {
            UploadCompletion.CheckPending(await FindAsync(context, id, uploads));
        }

        await parts.DeleteAllAsync(id, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => UploadJson.Write(json, upload, UploadState.Cancelled, null));
    }

    private static async Task<Upload> FindAsync(HttpContext context, string id, UploadStore uploads) =>
        await uploads.FindAsync(context.Owner(), id, context.RequestAborted) ?? throw FileErrors.NotFound("upload", id, "upload_id");
}
