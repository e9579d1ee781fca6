using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>A JSON Schema inside a request, as its text.</summary>
internal static class SchemaReader
{
    /// <returns>Null where there is none.</returns>
    public static string? Read(FieldReader fields, string name) => fields.Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } schema => schema.GetRawText(),
        { } other => throw RequestErrors.WrongType(fields.PathOf(name), "a JSON Schema object", FieldReader.Kind(other)),
    };
}
