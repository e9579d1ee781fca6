using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary>An array of texts.</summary>
internal static class TextsReader
{
    private const int Longest = 256;

    /// <returns>Null where there is none.</returns>
    public static IReadOnlyList<string>? Read(FieldReader fields, string name, int most) =>
        fields.Items(name, most)?.Select(item => One(item.Path, item.Value)).ToList();

    private static string One(string path, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(value));
        return text.Length is > 0 and <= Longest ? text : throw RequestErrors.WrongValue(path, $"has {text.Length} characters, but must have 1 to {Longest}.");
    }
}
