using System.Globalization;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>Answers with a file's content, or with one range of it (RFC 9110, 14).</summary>
internal sealed class FileContentWriter(FileObjects objects)
{
    private const int BlockBytes = 64 * 1024;

    public async Task WriteAsync(StoredFile file, HttpContext context)
    {
        var response = context.Response;
        var tag = new EntityTagHeaderValue($"\"{file.Sha256}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.AcceptRanges = "bytes";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (from, length) = Range(context.Request, file, tag) is { } range ? Begin(response, file, range) : (0, file.Bytes);
        await using var content = await objects.OpenAsync(file.Id, from, length, context.RequestAborted) ?? throw FileErrors.NotFound("file", file.Id);
        response.ContentLength = length;
        response.ContentType = FileObjects.ContentType;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = Attachment(file.Filename);
        await content.Content.CopyToAsync(response.Body, BlockBytes, context.RequestAborted);
    }

    /// <summary>The one range that was asked for; null for none, for several and for one of another version: then comes the whole file.</summary>
    private static RangeItemHeaderValue? Range(HttpRequest request, StoredFile file, EntityTagHeaderValue tag)
    {
        var headers = request.GetTypedHeaders();
        var isOther = headers.IfRange is { } condition && (condition.EntityTag is null || !condition.EntityTag.Compare(tag, useStrongComparison: true));
        return isOther || headers.Range is not { Unit.Value: "bytes", Ranges.Count: 1 } asked ? null : asked.Ranges.First();
    }

    private static (long From, long Length) Begin(HttpResponse response, StoredFile file, RangeItemHeaderValue range)
    {
        var from = range.From ?? Math.Max(file.Bytes - range.To!.Value, 0);
        var to = range.From is null ? file.Bytes - 1 : Math.Min(range.To ?? long.MaxValue, file.Bytes - 1);
        if (from > to)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Bytes}");
            throw new ApiException(new ApiError(416, ApiErrorTypes.InvalidRequest, "range_not_satisfiable", $"The file has {file.Bytes} bytes: there is nothing in the range that was asked for."));
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{file.Bytes}");
        return (from, to - from + 1);
    }

    private static string Attachment(string name)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        return disposition.ToString();
    }
}
