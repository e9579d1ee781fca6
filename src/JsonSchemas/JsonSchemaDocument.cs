using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>A JSON Schema that this room can honour in full: as a GBNF grammar, and as a check of a finished text.</summary>
public sealed class JsonSchemaDocument
{
    private JsonSchemaDocument(SchemaNode root, JsonSchemaLimits limits) => (Root, Limits) = (root, limits);

    internal SchemaNode Root { get; }

    internal JsonSchemaLimits Limits { get; }

    /// <summary>Reads a schema. Throws <see cref="JsonSchemaException"/> with the keyword's path when it cannot be honoured.</summary>
    public static JsonSchemaDocument Parse(JsonElement schema, JsonSchemaLimits? limits = null)
    {
        limits ??= new JsonSchemaLimits();
        try
        {
            return new JsonSchemaDocument(new SchemaReader(limits).Read(schema.Clone()), limits);
        }
        catch (InvalidOperationException)
        {
            throw new JsonSchemaException("#", "", "A name or value holds a lone surrogate, which is no valid Unicode.");
        }
    }

    /// <summary>The grammar of llama.cpp's response_format json_object: any JSON object.</summary>
    public static string AnyObject(GrammarOptions? options = null)
    {
        var builder = new GrammarBuilder(options);
        builder.Add(builder.Options.RootName, builder.AnyObject());
        return builder.Build();
    }

    /// <summary>GBNF text; declared properties come in schema order, and no undeclared ones.</summary>
    public string ToGrammar(GrammarOptions? options = null)
    {
        var builder = new GrammarBuilder(options ?? new GrammarOptions { MaxLength = Limits.MaxGrammarLength });
        builder.AddSchema(builder.Options.RootName, this);
        return builder.Build();
    }

    /// <summary>What is wrong with the instance; empty when valid; at most 100 entries.</summary>
    public IReadOnlyList<JsonSchemaViolation> Validate(JsonElement instance) => SchemaValidator.Validate(Root, instance);

    public string? FirstViolation(JsonElement instance) =>
        Validate(instance) is [var first, ..] ? $"{first.Path}: {first.Message}" : null;
}
