using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>
/// LocalAI's <c>grammar_json_functions</c>: a JSON Schema of calls (oneOf or anyOf, $defs), where every declared property is
/// written, whether the schema says so or not.
/// </summary>
internal static class FunctionsSchemaReader
{
    public const string Name = "grammar_json_functions";

    /// <returns>Null where there is none.</returns>
    public static string? Read(FieldReader fields)
    {
        if (fields.Take(Name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw RequestErrors.WrongType(Name, "a JSON Schema object", FieldReader.Kind(value));
        }

        var schema = JsonObject.Create(value)!;
        RequireAll(schema);
        var complete = new FieldReader(JsonSerializer.SerializeToElement(new JsonObject { [Name] = schema }));
        return SchemaReader.Read(complete, Name, strict: false);
    }

    // The body's own depth bounds the recursion.
    private static void RequireAll(JsonNode? schema)
    {
        if (schema is JsonArray list)
        {
            foreach (var item in list)
            {
                RequireAll(item);
            }
        }

        if (schema is not JsonObject node)
        {
            return;
        }

        foreach (var (keyword, value) in node.ToList())
        {
            if (keyword is "oneOf" or "anyOf" or "allOf" or "items")
            {
                RequireAll(value);
            }
            else if (keyword is "properties" or "$defs" or "definitions" && value is JsonObject named)
            {
                foreach (var (_, inner) in named)
                {
                    RequireAll(inner);
                }
            }
        }

        if (node["properties"] is JsonObject properties && !node.ContainsKey("required"))
        {
            node["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
        }
    }
}
