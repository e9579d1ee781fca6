using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary><c>format</c>: <c>json</c>, a JSON Schema, or nothing.</summary>
internal static class FormatReader
{
    public static OutputFormat? Read(FieldReader fields) => fields.Peek("format") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } => new OutputFormat { Kind = OutputKind.JsonSchema, Schema = SchemaReader.Read(fields, "format", strict: false) },
        { ValueKind: JsonValueKind.String } => Named(fields.Text("format")!),
        { } other => throw RequestErrors.WrongType("format", "'json' or a JSON Schema object", FieldReader.Kind(other)),
    };

    private static OutputFormat? Named(string name) => name switch
    {
        "" => null,
        "json" => new OutputFormat { Kind = OutputKind.JsonObject },
        _ => throw RequestErrors.WrongValue("format", $"is '{Shown.Short(name)}', but must be 'json' or a JSON Schema object."),
    };
}
