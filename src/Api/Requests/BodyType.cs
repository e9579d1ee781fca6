using LocalAI.Pipeline.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>Whether a body says that it is JSON.</summary>
internal static class BodyType
{
    private const string CurlsDefault = "application/x-www-form-urlencoded";

    /// <exception cref="ApiException">It says something else, or is compressed.</exception>
    public static void Check(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"Content-Encoding '{Shown.Short(encoding)}' is not taken here: send the body as it is.");
        }

        if (request.ContentType is { Length: > 0 } type && !IsJson(request, type))
        {
            throw Wrong($"Content-Type '{Shown.Short(type)}' is not taken here: send application/json.");
        }
    }

    private static bool IsJson(HttpRequest request, string type)
    {
        if (!MediaTypeHeaderValue.TryParse(type, out var parsed) || (parsed.Charset.HasValue && !parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        // "curl -d" without a header says form; a browser that does so posts for a page, and says which.
        return parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || parsed.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            || (parsed.MediaType.Equals(CurlsDefault, StringComparison.OrdinalIgnoreCase) && request.Headers.Origin.Count == 0);
    }

    private static ApiException Wrong(string message) => new(new ApiError(415, ApiErrorTypes.InvalidRequest, "unsupported_media_type", message));
}
