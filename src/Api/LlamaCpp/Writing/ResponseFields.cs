using System.Text.Json;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary><c>response_fields</c>: only what is named, where a path such as <c>generation_settings/n_predict</c> takes a field out of its object.</summary>
internal static class ResponseFields
{
    public static void Write(Utf8JsonWriter json, JsonElement whole, IReadOnlyList<string> paths)
    {
        json.WriteStartObject();
        foreach (var path in paths.Distinct(StringComparer.Ordinal))
        {
            if (Find(whole, path) is { } value)
            {
                json.WritePropertyName(path);
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static JsonElement? Find(JsonElement whole, string path)
    {
        var found = whole;
        foreach (var name in path.Split('/'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return null;
            }
        }

        return found;
    }
}
