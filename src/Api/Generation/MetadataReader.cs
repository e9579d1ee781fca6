using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>OpenAI's <c>metadata</c>: some texts under names of the caller's choice.</summary>
internal static class MetadataReader
{
    // OpenAI's bounds.
    private const int MaxEntries = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;

    /// <returns>Empty where there is none.</returns>
    public static IReadOnlyDictionary<string, string> Read(FieldReader fields)
    {
        var path = fields.PathOf("metadata");
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Take("metadata") is not { } metadata)
        {
            return read;
        }

        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw RequestErrors.WrongType(path, "an object", FieldReader.Kind(metadata));
        }

        foreach (var entry in metadata.EnumerateObject())
        {
            if (read.Count >= MaxEntries || entry.Name.Length > LongestKey)
            {
                throw RequestErrors.WrongValue(path, $"must have at most {MaxEntries} entries with keys of at most {LongestKey} characters.");
            }

            read[entry.Name] = Value($"{path}.{Shown.Short(entry.Name)}", entry.Value);
        }

        return read;
    }

    private static string Value(string path, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(value));
        return text.Length <= LongestValue ? text : throw RequestErrors.WrongValue(path, $"must have at most {LongestValue} characters.");
    }
}
