using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>A JSON Schema inside a request, as its text.</summary>
internal static class SchemaReader
{
    // Long enough for a path; the path's names are the caller's.
    private const int LongestMessage = 400;

    /// <summary>A schema that the answer is held to: one that cannot be honoured is refused here, before anything waits for it.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? Read(FieldReader fields, string name, bool strict)
    {
        if (Take(fields, name) is not { } schema)
        {
            return null;
        }

        Check(fields.PathOf(name), () => JsonSchemaDocument.Parse(schema, strict));
        return schema.GetRawText();
    }

    /// <summary>
    /// The schema of a function's arguments. One that is not strict and cannot be honoured in full is told to the model and
    /// holds it to an object.
    /// </summary>
    /// <returns>Null where there is none.</returns>
    public static string? ReadArguments(FieldReader fields, string name, bool strict)
    {
        if (Take(fields, name) is not { } schema)
        {
            return null;
        }

        if (strict)
        {
            Check(fields.PathOf(name), () => JsonSchemaDocument.ParseObject(schema, strict: true));
        }

        return schema.GetRawText();
    }

    private static JsonElement? Take(FieldReader fields, string name) => fields.Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } schema => schema,
        { } other => throw RequestErrors.WrongType(fields.PathOf(name), "a JSON Schema object", FieldReader.Kind(other)),
    };

    private static void Check(string path, Func<JsonSchemaDocument> parse)
    {
        try
        {
            // A schema may be right and its grammar too large.
            _ = parse().ToGrammar();
        }
        catch (JsonSchemaException exception)
        {
            throw RequestErrors.Create(
                "invalid_json_schema",
                $"The schema in '{path}' cannot be honoured: {Shown.Short(exception.Message, LongestMessage)}",
                path + Shown.Short(exception.Path, LongestMessage));
        }
    }
}
