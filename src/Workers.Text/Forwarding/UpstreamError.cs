using System.Text.Json;
using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>What a server says when it fails: OpenAI's error object, or whatever else a proxy in between writes.</summary>
/// <param name="Message">Its words, shortened.</param>
/// <param name="IsOverflow">The prompt is longer than the context.</param>
internal sealed record UpstreamError(string Message, bool IsOverflow)
{
    // What a caller is shown of an error's text.
    private const int ShownCharacters = 500;

    public static UpstreamError Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error)
                ? Of(error)
                : new UpstreamError(Short(body), false);
        }
        catch (JsonException)
        {
            return new UpstreamError(Short(body), false);
        }
    }

    /// <summary>The value of <c>error</c>.</summary>
    public static UpstreamError Of(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return new UpstreamError(Short(error.ToString()), false);
        }

        var message = Text(error, "message");
        // OpenAI's and ours, and llama.cpp's server's.
        var isOverflow = Text(error, "code") == "context_length_exceeded" || Text(error, "type") == "exceed_context_size_error";
        return new UpstreamError(Short(message.Length > 0 ? message : error.GetRawText()), isOverflow);
    }

    public GrpcStatus StatusOr(GrpcStatus other) => IsOverflow ? GrpcStatus.OutOfRange : other;

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Short(string text) => text.Length > ShownCharacters ? text[..ShownCharacters] : text;
}
