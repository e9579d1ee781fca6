using System.Text.Json;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>OpenAI's list: a page, the ids at its ends, and whether more follow.</summary>
internal static class ListJson
{
    /// <param name="json">Where to.</param>
    /// <param name="items">The page, and one item more where there is more.</param>
    /// <param name="limit">Items of a page.</param>
    /// <param name="id">An item's id.</param>
    /// <param name="write">Writes an item.</param>
    public static void Write<T>(Utf8JsonWriter json, IReadOnlyList<T> items, int limit, Func<T, string> id, Action<Utf8JsonWriter, T> write)
    {
        var count = Math.Min(items.Count, limit);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var item in items.Take(count))
        {
            write(json, item);
        }

        json.WriteEndArray();
        json.WriteString("first_id"u8, count > 0 ? id(items[0]) : null);
        json.WriteString("last_id"u8, count > 0 ? id(items[count - 1]) : null);
        json.WriteBoolean("has_more"u8, items.Count > limit);
        json.WriteEndObject();
    }
}
