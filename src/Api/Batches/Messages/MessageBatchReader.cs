using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Batches.Messages;

/// <summary>The body that makes a message batch: <c>{"requests":[{"custom_id","params"}]}</c>.</summary>
internal static partial class MessageBatchReader
{
    /// <summary>The requests as the lines of a batch of a file have them.</summary>
    /// <exception cref="ApiException">A request is none, or there are too many.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(FieldReader fields, BatchesOptions options)
    {
        var requests = fields.Items("requests", options.MaxLines) ?? throw RequestErrors.Missing("requests");
        fields.RefuseOthers();
        if (requests.Count == 0)
        {
            throw RequestErrors.WrongValue("requests", "is empty.");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. requests.Select(request => Line(new FieldReader(request.Value, request.Path), request.Path, ids))];
    }

    private static ReadOnlyMemory<byte> Line(FieldReader request, string path, HashSet<string> ids)
    {
        var id = request.RequiredText("custom_id");
        if (!CustomId().IsMatch(id))
        {
            throw RequestErrors.WrongValue($"{path}.custom_id", "must have 1 to 64 letters, digits, '_' and '-'.");
        }

        if (!ids.Add(id))
        {
            throw RequestErrors.WrongValue($"{path}.custom_id", $"is '{id}', which is that of an earlier request too.");
        }

        var parameters = request.Take("params") ?? throw RequestErrors.Missing($"{path}.params");
        request.RefuseOthers();
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw RequestErrors.WrongType($"{path}.params", "an object", FieldReader.Kind(parameters));
        }

        if (parameters.TryGetProperty("stream", out var stream) && stream.ValueKind is not (JsonValueKind.False or JsonValueKind.Null))
        {
            throw RequestErrors.Unsupported($"{path}.params.stream", "the answers of a batch are written as a whole.");
        }

        return Write(id, parameters);
    }

    private static ReadOnlyMemory<byte> Write(string id, JsonElement parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json.Output))
        {
            json.WriteStartObject();
            json.WriteString("custom_id"u8, id);
            json.WriteString("method"u8, "POST"u8);
            json.WriteString("url"u8, BatchTargets.Messages);
            json.WritePropertyName("body"u8);
            // Written anew: a line's JSON has no line breaks.
            parameters.WriteTo(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex CustomId();
}
