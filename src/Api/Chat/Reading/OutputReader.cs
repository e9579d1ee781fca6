using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>
/// The form of the answer: <c>response_format</c>, llama.cpp's <c>grammar</c> and <c>json_schema</c>, LocalAI's
/// <c>grammar_json_functions</c>. One of them at most, because two would have to be intersected.
/// </summary>
internal static class OutputReader
{
    // A GBNF grammar is compiled before the first token, for each request.
    private const int LongestGrammar = 256 * 1024;
    private const int LongestSchemaName = 256;

    public static OutputFormat? Read(FieldReader fields)
    {
        var forms = new List<(string Path, OutputFormat Format)>();
        if (fields.Object("response_format") is { } format)
        {
            forms.Add(("response_format", ResponseFormat(format)));
        }

        if (fields.Text("grammar", LongestGrammar) is { Length: > 0 } grammar)
        {
            forms.Add(("grammar", Grammar(grammar)));
        }

        if (SchemaReader.Read(fields, "json_schema", strict: false) is { } schema)
        {
            forms.Add(("json_schema", new OutputFormat { Kind = OutputKind.JsonSchema, Schema = schema }));
        }

        if (FunctionsSchemaReader.Read(fields) is { } functions)
        {
            forms.Add((FunctionsSchemaReader.Name, new OutputFormat { Kind = OutputKind.JsonSchema, Schema = functions }));
        }

        return forms.Where(form => form.Format.Kind != OutputKind.Text).ToList() switch
        {
            [] => null,
            [var only] => only.Format,
            [_, var second, ..] => throw RequestErrors.WrongValue(second.Path, "cannot be together with another form of the answer: send one of them."),
        };
    }

    private static OutputFormat ResponseFormat(FieldReader format)
    {
        var type = format.RequiredText("type");
        var read = type switch
        {
            "text" => new OutputFormat { Kind = OutputKind.Text },
            "json_object" => JsonObject(format),
            "json_schema" => JsonSchema(format.Object("json_schema") ?? throw RequestErrors.Missing(format.PathOf("json_schema"))),
            "grammar" => Grammar(format.RequiredText("grammar", LongestGrammar)),
            _ => throw RequestErrors.WrongValue(format.PathOf("type"), $"is '{Shown.Short(type)}', but must be 'text', 'json_object', 'json_schema' or 'grammar'."),
        };
        format.RefuseOthers();
        return read;
    }

    // llama.cpp's server takes a schema here.
    private static OutputFormat JsonObject(FieldReader format) => SchemaReader.Read(format, "schema", strict: false) is { } schema
        ? new OutputFormat { Kind = OutputKind.JsonSchema, Schema = schema }
        : new OutputFormat { Kind = OutputKind.JsonObject };

    private static OutputFormat JsonSchema(FieldReader fields)
    {
        _ = fields.RequiredText("name", LongestSchemaName);
        _ = fields.Text("description");
        var strict = fields.Flag("strict") ?? false;
        var schema = SchemaReader.Read(fields, "schema", strict);
        fields.RefuseOthers();
        return schema is null ? new OutputFormat { Kind = OutputKind.JsonObject } : new OutputFormat { Kind = OutputKind.JsonSchema, Schema = schema, Strict = strict };
    }

    private static OutputFormat Grammar(string grammar) => new() { Kind = OutputKind.Grammar, Grammar = grammar };
}
