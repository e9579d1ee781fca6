using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>JSON in text that has other things around it.</summary>
internal static class JsonPieces
{
    // Braces that open nothing are tried one by one; a text with more of them is no list of calls.
    private const int MaxTries = 256;

    private static readonly SearchValues<byte> Openings = SearchValues.Create("{["u8);

    /// <summary>The objects at the top of the text, and those in its arrays.</summary>
    public static IEnumerable<JsonObject> Objects(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = 0;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var next = bytes.AsSpan(at).IndexOfAny(Openings);
            if (next < 0)
            {
                yield break;
            }

            at += next;
            var (value, length) = ValueAt(bytes.AsSpan(at));
            at += length;
            foreach (var found in value is JsonArray list ? list.OfType<JsonObject>() : value is JsonObject one ? [one] : [])
            {
                yield return found;
            }
        }
    }

    /// <summary>The text where it is a JSON object, else null.</summary>
    public static string? ObjectText(string text)
    {
        var trimmed = text.Trim();
        var bytes = Encoding.UTF8.GetBytes(trimmed);
        var (value, length) = ValueAt(bytes);
        return value is JsonObject && length == bytes.Length ? trimmed : null;
    }

    private static (JsonNode? Value, int Length) ValueAt(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = OutputLimits.JsonDepth });
            var value = JsonNode.Parse(ref reader);
            // A key that comes twice is only found when the object is looked into.
            _ = (value as JsonObject)?.Count;
            return (value, (int)reader.BytesConsumed);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return (null, 1);
        }
    }
}
