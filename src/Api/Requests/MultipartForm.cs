using System.Text;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>
/// Reads a form with one file as it comes: the file's bytes go to whoever takes them, nothing of it is held here. Fields may come
/// before and after the file.
/// </summary>
internal sealed class MultipartForm(string fileField, long maxFileBytes, string maxFileSetting)
{
    // Our forms have five fields at most; names of SDKs and browsers fit many times.
    private const int MaxFields = 32;
    private const int MaxFieldBytes = 16 * 1024;
    private const int MaxHeaderBytes = 16 * 1024;
    private const int LongestBoundary = 200;

    // Fields, headers and boundaries beside the file.
    private const long Overhead = 1024 * 1024;

    /// <summary>Reads the form to its end.</summary>
    /// <param name="request">The request; its limit is raised to what this form may have.</param>
    /// <param name="take">Takes the file, which is there exactly once.</param>
    /// <param name="aborted">Cancelled when the client has gone.</param>
    /// <returns>The other fields.</returns>
    /// <exception cref="ApiException">It is no such form, or a part of it is too large.</exception>
    public async Task<FormFields> ReadAsync(HttpRequest request, Func<FormFile, Task> take, CancellationToken aborted)
    {
        var reader = new MultipartReader(Boundary(request), request.Body) { HeadersLengthLimit = MaxHeaderBytes };
        RaiseLimit(request);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var hasFile = false;
        try
        {
            while (await reader.ReadNextSectionAsync(aborted) is { } section)
            {
                var disposition = section.GetContentDispositionHeader();
                var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString();
                if (name == fileField)
                {
                    hasFile = hasFile ? throw Malformed($"'{fileField}' is there twice.") : true;
                    var content = new BoundedStream(section.Body, maxFileBytes, () => TooLarge(fileField, maxFileBytes, maxFileSetting));
                    await take(new FormFile(FileName(disposition!), section.ContentType, content));
                }
                else if (name.Length == 0 || fields.Count >= MaxFields || !fields.TryAdd(name, await TextAsync(section, name, aborted)))
                {
                    throw Malformed(name.Length == 0 ? "A part has no name." : fields.Count >= MaxFields ? $"It has more than {MaxFields} fields." : $"'{Shown.Short(name)}' is there twice.");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !aborted.IsCancellationRequested)
        {
            throw Malformed(e.Message, e);
        }

        return hasFile ? new FormFields(fields) : throw RequestErrors.Missing(fileField);
    }

    private static string Boundary(HttpRequest request)
    {
        var isForm = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= LongestBoundary ? boundary : throw new ApiException(new ApiError(
            415, ApiErrorTypes.InvalidRequest, "unsupported_media_type", $"Content-Type '{Shown.Short(request.ContentType ?? "")}' is not taken here: send multipart/form-data with a boundary."));
    }

    private static string? FileName(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return name.HasValue ? HeaderUtilities.RemoveQuotes(name).ToString() : null;
    }

    private static async Task<string> TextAsync(MultipartSection section, string name, CancellationToken aborted)
    {
        var bytes = new byte[MaxFieldBytes];
        var read = await new BoundedStream(section.Body, MaxFieldBytes - 1, () => RequestErrors.WrongValue(Shown.Short(name), $"has over {MaxFieldBytes} bytes."))
            .ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, aborted);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, read));
    }

    private void RaiseLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxFileBytes + Overhead;
        }

        // Known before a byte of it was read.
        if (request.ContentLength > maxFileBytes + Overhead)
        {
            throw TooLarge(fileField, maxFileBytes, maxFileSetting);
        }
    }

    private static ApiException TooLarge(string field, long most, string setting) => new(new ApiError(
        413, ApiErrorTypes.InvalidRequest, "file_too_large", $"'{field}' is over {most} bytes ({setting}).", field));

    private static ApiException Malformed(string problem, Exception? inner = null) =>
        new(new ApiError(400, ApiErrorTypes.InvalidRequest, "invalid_form", $"The body is not a form that can be read: {problem}"), inner);
}
