using LocalAI.Pipeline.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>A request's body that is JSON or a form with the same fields.</summary>
internal static class FormBody
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <param name="typed">Fields that are no texts, by their last name.</param>
    /// <exception cref="ApiException">It is neither by its header (415) or by its bytes (400), or too large (413).</exception>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, RequestOptions options, IReadOnlySet<string> typed, CancellationToken cancellationToken)
    {
        var bytes = await JsonBody.ReadBytesAsync(request, options, cancellationToken);
        return JsonBody.Parse(IsForm(request) && !LooksLikeJson(bytes.Span) ? FormJson.Of(bytes, typed, options) : bytes, options);
    }

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase);

    /// <summary>"curl -d" sends JSON under a form's name.</summary>
    private static bool LooksLikeJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
