using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary><c>output_config</c>, and <c>output_format</c> as its <c>format</c> was called before.</summary>
internal static class OutputConfigReader
{
    /// <returns>The form of the answer, and the effort in the neutral command's words; null where there is none.</returns>
    public static (OutputFormat? Format, string? Effort) Read(FieldReader fields)
    {
        var old = fields.Object("output_format") is { } format ? Format(format) : null;
        if (fields.Object("output_config") is not { } config)
        {
            return (old, null);
        }

        var current = config.Object("format") is { } named ? Format(named) : null;
        if (old is not null && current is not null)
        {
            throw RequestErrors.WrongValue("output_format", "is the old name of 'output_config.format': send one of them.");
        }

        var effort = Effort(config);
        config.RefuseOthers();
        return (current ?? old, effort);
    }

    private static OutputFormat Format(FieldReader format)
    {
        if (format.RequiredText("type") != "json_schema")
        {
            throw RequestErrors.WrongValue(format.PathOf("type"), "must be 'json_schema'.");
        }

        var schema = SchemaReader.Read(format, "schema", strict: true) ?? throw RequestErrors.Missing(format.PathOf("schema"));
        format.RefuseOthers();
        return new OutputFormat { Kind = OutputKind.JsonSchema, Schema = schema, Strict = true };
    }

    // Templates that know efforts know these three.
    private static string? Effort(FieldReader config) => config.Text("effort") switch
    {
        null => null,
        ("low" or "medium" or "high") and var effort => effort,
        "xhigh" or "max" => "high",
        _ => throw RequestErrors.WrongValue(config.PathOf("effort"), "must be 'low', 'medium', 'high', 'xhigh' or 'max'."),
    };
}
