using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>Makes a file of the parts of an upload.</summary>
internal sealed class UploadCompletion(UploadStore uploads, PartObjects parts, FileObjects objects, TimeProvider time)
{
    public async Task<StoredFile> RunAsync(Upload upload, IReadOnlyList<string> partIds, string? md5, CancellationToken aborted)
    {
        CheckPending(upload);
        await CheckPartsAsync(upload, partIds, aborted);
        var now = time.GetUtcNow();
        var id = FileIds.New(now);
        try
        {
            var content = await JoinAsync(upload, id, partIds, md5, aborted);
            var file = FileObjects.Row(content, id, upload.Owner, upload.Filename, upload.Purpose, now, upload.FileExpiresAfterSeconds);
            if (!await uploads.TryCompleteAsync(upload, file, aborted))
            {
                throw NotPending("was completed or cancelled meanwhile");
            }

            await parts.DeleteAllAsync(upload.Id, aborted);
            await uploads.DeletePartsAsync(upload.Id, aborted);
            return file;
        }
        catch (ApiException)
        {
            await objects.DiscardAsync(id);
            throw;
        }
    }

    public static void CheckPending(Upload upload)
    {
        if (upload.State != UploadState.Pending)
        {
            throw NotPending(upload.State == UploadState.Completed ? "is completed" : "is cancelled");
        }
    }

    private static ApiException NotPending(string state) => RequestErrors.Create("invalid_upload_state", $"The upload {state}: only a pending one can be changed.", "upload_id");

    private async Task<WrittenObject> JoinAsync(Upload upload, string fileId, IReadOnlyList<string> partIds, string? md5, CancellationToken aborted)
    {
        await using var joined = parts.Join(upload.Id, partIds);
        var content = await objects.WriteAsync(fileId, joined, aborted);
        var found = ((JoinedStream)joined).Md5();
        return md5 is null || md5.Equals(found, StringComparison.OrdinalIgnoreCase)
            ? content
            : throw RequestErrors.WrongValue("md5", $"is '{Shown.Short(md5)}', but the parts in this order have {found}.");
    }

    private async Task CheckPartsAsync(Upload upload, IReadOnlyList<string> partIds, CancellationToken aborted)
    {
        var known = await uploads.PartsAsync(upload.Id, aborted);
        for (var i = 0; i < partIds.Count; i++)
        {
            if (!known.ContainsKey(partIds[i]))
            {
                throw RequestErrors.WrongValue($"part_ids[{i}]", $"is '{Shown.Short(partIds[i])}', which is no part of this upload.");
            }
        }

        if (partIds.Distinct(StringComparer.Ordinal).Count() != partIds.Count)
        {
            throw RequestErrors.WrongValue("part_ids", "has a part twice.");
        }

        var bytes = partIds.Sum(part => known[part]);
        if (bytes != upload.Bytes)
        {
            throw RequestErrors.WrongValue("part_ids", $"has parts of {bytes} bytes together, but the upload was announced with {upload.Bytes}.");
        }
    }
}
