using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>OpenAI's <c>/v1/files</c>, also without <c>/v1</c>.</summary>
internal static class FilesEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["/v1/files", "/files"])
        {
            routes.MapPost(prefix, Create);
            routes.MapGet(prefix, List);
            routes.MapGet(prefix + "/{id}", Get);
            routes.MapGet(prefix + "/{id}/content", GetContent);
            routes.MapDelete(prefix + "/{id}", Delete);
        }
    }

    public static async Task Create(HttpContext context, FileUpload upload)
    {
        var file = await upload.TakeAsync(context.Request, context.Owner(), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => FileJson.Write(json, file));
    }

    public static async Task List(HttpContext context, FileStore files)
    {
        var page = FilePage.Read(new QueryReader(context.Request.Query));
        var found = await files.ListAsync(context.Owner(), page, context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json => ListJson.Write(json, found, page.Limit, file => file.Id, FileJson.Write));
    }

    public static async Task Get(HttpContext context, string id, FileStore files)
    {
        var file = await FindAsync(context, id, files);
        await JsonResponse.WriteAsync(context.Response, json => FileJson.Write(json, file));
    }

    public static async Task GetContent(HttpContext context, string id, FileStore files, FileContentWriter contents) =>
        await contents.WriteAsync(await FindAsync(context, id, files), context);

    public static async Task Delete(HttpContext context, string id, FileStore files, FileObjects objects)
    {
        if (!await files.DeleteAsync(context.Owner(), id, context.RequestAborted))
        {
            throw FileErrors.NotFound("file", id);
        }

        await objects.DiscardAsync(id);
        await JsonResponse.WriteAsync(context.Response, json => FileJson.WriteDeleted(json, id));
    }

    private static async Task<StoredFile> FindAsync(HttpContext context, string id, FileStore files) =>
        await files.FindAsync(context.Owner(), id, context.RequestAborted) ?? throw FileErrors.NotFound("file", id);
}
