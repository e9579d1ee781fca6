using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>
/// Refuses JSON that is malformed, too deep, not UTF-8, has a field twice (two readers would see two requests), or has a
/// text that is none: NUL, or half a surrogate pair. Says where.
/// </summary>
internal static class JsonCheck
{
    /// <exception cref="ApiException">With the place and the field.</exception>
    public static void Run(ReadOnlySpan<byte> bytes, int maxDepth)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw Refused("invalid_utf8", $"The body is not UTF-8: the bytes at {FirstInvalid(bytes)} are no character.", null);
        }

        var path = new JsonPath();
        // One level more than is allowed, so that too deep can be told from malformed.
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= maxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= maxDepth)
                {
                    throw Refused("json_too_deep", $"The body's JSON is deeper than {maxDepth} levels at '{Shown.Short(path.ToString())}'.", path.ToString());
                }

                Visit(ref reader, path);
            }
        }
        catch (JsonException e)
        {
            var place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            var field = path.ToString();
            throw Refused("invalid_json", $"The body is not valid JSON ({place}{(field.Length == 0 ? "" : $", in '{Shown.Short(field)}'")}).", field);
        }
    }

    private static void Visit(ref Utf8JsonReader reader, JsonPath path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var name = Text(ref reader, path);
                if (!path.Name(name))
                {
                    throw Refused("duplicate_field", $"'{Shown.Short(path.ToString())}' is there twice.", path.ToString());
                }

                break;
            case JsonTokenType.StartObject:
                path.OpenObject();
                break;
            case JsonTokenType.StartArray:
                path.OpenArray();
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Close();
                break;
            default:
                path.Value();
                if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true })
                {
                    _ = Text(ref reader, path);
                }

                break;
        }
    }

    private static string Text(ref Utf8JsonReader reader, JsonPath path)
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that an escape is half a surrogate pair.
            throw Refused("invalid_text", $"A text at '{Shown.Short(path.ToString())}' has half a surrogate pair.", path.ToString());
        }

        return text.Contains('\0', StringComparison.Ordinal)
            ? throw Refused("invalid_text", $"A text at '{Shown.Short(path.ToString())}' has a NUL character.", path.ToString())
            : text;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            position += consumed;
        }

        return position;
    }

    private static ApiException Refused(string code, string message, string? path) =>
        RequestErrors.Create(code, message, string.IsNullOrEmpty(path) ? null : Shown.Short(path));
}
