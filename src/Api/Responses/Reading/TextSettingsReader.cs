using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>The form of the answer: <c>text.format</c>, or LocalAI's <c>text_format</c>, which is the same beside <c>text</c> or its type alone.</summary>
internal static class TextSettingsReader
{
    private const int LongestSchemaName = 64;
    private const string Plain = "{\"type\":\"text\"}";
    private const string AnyObject = "{\"type\":\"json_object\"}";

    /// <returns>The form (null is free text), and how the answer repeats it as JSON text.</returns>
    public static (OutputFormat? Output, string Repeated) Read(FieldReader fields)
    {
        var text = fields.Object("text");
        var format = text?.Take("format");
        CheckVerbosity(text);
        text?.RefuseOthers();
        var other = fields.Take("text_format");
        if (format is not null && other is not null)
        {
            throw RequestErrors.WrongValue(fields.PathOf("text_format"), "cannot be together with 'text.format': send one of them.");
        }

        return (format ?? other) switch
        {
            null => (null, Plain),
            { ValueKind: JsonValueKind.String } type when other is not null => OfType(type.GetString()!, null, fields.PathOf("text_format")),
            { } value => Form(new FieldReader(value, other is null ? $"{fields.PathOf("text")}.format" : fields.PathOf("text_format"))),
        };
    }

    private static (OutputFormat? Output, string Repeated) Form(FieldReader format)
    {
        var read = OfType(format.RequiredText("type"), format, format.PathOf("type"));
        format.RefuseOthers();
        return read;
    }

    private static (OutputFormat? Output, string Repeated) OfType(string type, FieldReader? format, string path) => type switch
    {
        "text" => (null, Plain),
        "json_object" => (new OutputFormat { Kind = OutputKind.JsonObject }, AnyObject),
        "json_schema" when format is not null => Schema(format),
        _ => throw RequestErrors.WrongValue(path, $"is '{Shown.Short(type)}', but must be 'text', 'json_object' or 'json_schema' with its 'schema'."),
    };

    private static (OutputFormat? Output, string Repeated) Schema(FieldReader format)
    {
        var name = format.RequiredText("name", LongestSchemaName);
        var description = format.Text("description");
        var strict = format.Flag("strict") ?? false;
        var schema = SchemaReader.Read(format, "schema", strict) ?? throw RequestErrors.Missing(format.PathOf("schema"));
        var repeated = JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "json_schema"u8);
            json.WriteString("name"u8, name);
            json.WriteString("description"u8, description);
            json.WritePropertyName("schema"u8);
            json.WriteRawValue(schema, skipInputValidation: true);
            json.WriteBoolean("strict"u8, strict);
            json.WriteEndObject();
        });
        return (new OutputFormat { Kind = OutputKind.JsonSchema, Schema = schema, Strict = strict }, repeated);
    }

    private static void CheckVerbosity(FieldReader? text)
    {
        switch (text?.Text("verbosity"))
        {
            case null or "medium":
                break;
            case "low" or "high":
                throw RequestErrors.Unsupported(text.PathOf("verbosity"), "say in the instructions how long the answer shall be; 'medium' is as the model does it.");
            default:
                throw RequestErrors.WrongValue(text.PathOf("verbosity"), "must be 'low', 'medium' or 'high'.");
        }
    }
}
