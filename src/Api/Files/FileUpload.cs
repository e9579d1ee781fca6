using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>Takes a file from a form: its bytes go straight to the object store, its row comes last, so that no row is without its content.</summary>
internal sealed class FileUpload(FileStore files, FileObjects objects, IOptions<FilesOptions> options, TimeProvider time)
{
    public async Task<StoredFile> TakeAsync(HttpRequest request, string owner, CancellationToken aborted)
    {
        var now = time.GetUtcNow();
        var id = FileIds.New(now);
        var form = new MultipartForm("file", options.Value.MaxFileBytes, "Files:MaxFileBytes");
        WrittenObject? content = null;
        var name = "";
        try
        {
            var fields = await form.ReadAsync(request, async file =>
            {
                name = FileNames.Check(file.Name, "file");
                content = await objects.WriteAsync(id, file.Content, aborted);
            }, aborted);
            var purpose = FilePurposes.Check(fields.RequiredText("purpose"));
            var expiry = FileExpiry.Read(fields);
            fields.RefuseOthers();
            var stored = FileObjects.Row(content!, id, owner, name, purpose, now, expiry);
            await files.AddAsync(stored, aborted);
            return stored;
        }
        catch when (content is not null)
        {
            await objects.DiscardAsync(id);
            throw;
        }
    }
}
