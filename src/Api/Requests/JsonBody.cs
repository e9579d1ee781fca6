using System.Buffers;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>A request's JSON, checked as a whole: everything in it can be read without surprise.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly JsonDocument _document;

    private JsonBody(JsonDocument document) => _document = document;

    /// <summary>The outermost object.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiException">It is not JSON by its header (415) or by its bytes (400), or too large (413).</exception>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, RequestOptions options, CancellationToken cancellationToken) =>
        Parse(await ReadBytesAsync(request, options, cancellationToken), options);

    /// <summary>Reads the body, or an empty object where there is none.</summary>
    /// <exception cref="ApiException">As <see cref="ReadAsync"/>.</exception>
    public static async Task<JsonBody> ReadOptionalAsync(HttpRequest request, RequestOptions options, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(request, options, cancellationToken);
        return Parse(bytes.Length > 0 ? bytes : "{}"u8.ToArray(), options);
    }

    /// <summary>Reads the body and does not look at it.</summary>
    /// <exception cref="ApiException">It is not JSON by its header (415), or too large (413).</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, RequestOptions options, CancellationToken cancellationToken)
    {
        BodyType.Check(request);
        if (request.ContentLength > options.MaxBodyBytes)
        {
            throw TooLarge(options);
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > options.MaxBodyBytes)
            {
                throw TooLarge(options);
            }

            if (read.IsCompleted)
            {
                // A copy, because the document lives longer than the server's buffers.
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Parses bytes that came another way than as a request's body.</summary>
    /// <exception cref="ApiException">They are not JSON that can be read here.</exception>
    public static JsonBody Parse(ReadOnlyMemory<byte> bytes, RequestOptions options)
    {
        JsonCheck.Run(bytes.Span, options.MaxJsonDepth);
        return new JsonBody(JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = options.MaxJsonDepth }));
    }

    public void Dispose() => _document.Dispose();

    private static ApiException TooLarge(RequestOptions options) => new(new ApiError(
        413, ApiErrorTypes.InvalidRequest, "request_too_large", $"The request's body is over {options.MaxBodyBytes} bytes (Requests:MaxBodyBytes)."));
}
