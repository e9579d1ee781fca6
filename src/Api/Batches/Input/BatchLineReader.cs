using System.Runtime.InteropServices;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>Reads a line: <c>{"custom_id","method","url","body"}</c>.</summary>
internal static class BatchLineReader
{
    public const int LongestId = 512;

    // What a line cannot have: nobody would read the stream, or fetch what runs behind it.
    private static readonly string[] OfOneWhoWaits = ["stream", "background"];

    /// <exception cref="BatchLineException">It is none that can be run.</exception>
    public static BatchLine Read(InputLine line, string endpoint, RequestOptions limits)
    {
        if (line.IsTooLong)
        {
            throw new BatchLineException("line_too_long", $"This line has over {limits.MaxBodyBytes} bytes (Requests:MaxBodyBytes).");
        }

        using var json = Parse(line.Bytes, limits);
        var fields = json.Root;
        var id = Text(fields, "custom_id");
        if (id.Length is 0 or > LongestId)
        {
            throw new BatchLineException("invalid_custom_id", $"The custom_id of a request has 1 to {LongestId} characters.", "custom_id");
        }

        if (Text(fields, "method") != "POST")
        {
            throw new BatchLineException("invalid_method", "The method of a request must be POST.", "method");
        }

        var url = Text(fields, "url");
        if (url != endpoint)
        {
            throw new BatchLineException("url_mismatch", $"The url '{Shown.Short(url)}' is not the batch's endpoint '{endpoint}'.", "url");
        }

        var body = Field(fields, "body");
        CheckBody(body);
        return new BatchLine(line.Number, id, JsonMarshal.GetRawUtf8Value(body).ToArray());
    }

    private static JsonBody Parse(ReadOnlyMemory<byte> bytes, RequestOptions limits)
    {
        try
        {
            var json = JsonBody.Parse(bytes, limits);
            if (json.Root.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
        }
        catch (ApiException e) when (e.Error.Code != "invalid_json")
        {
            throw new BatchLineException("invalid_json_line", $"This line cannot be read: {e.Error.Message}", e.Error.Parameter);
        }
        catch (ApiException)
        {
            throw new BatchLineException("invalid_json_line", "This line is not valid JSON.");
        }

        throw new BatchLineException("invalid_json_line", "This line is not a JSON object.");
    }

    private static void CheckBody(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new BatchLineException("invalid_type", "The body of a request must be an object.", "body");
        }

        foreach (var name in OfOneWhoWaits)
        {
            if (body.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null))
            {
                throw new BatchLineException("unsupported_parameter", $"A request of a batch cannot have '{name}': its answer is written as a whole.", $"body.{name}");
            }
        }
    }

    private static string Text(JsonElement line, string name) => Field(line, name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : throw new BatchLineException("invalid_type", $"'{name}' must be a string.", name);

    private static JsonElement Field(JsonElement line, string name) => line.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value
        : throw new BatchLineException("missing_required_parameter", $"The request has no '{name}'.", name);
}
