using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas.Reading;
using LocalAI.Pipeline.JsonSchemas.Shapes;
using LocalAI.Pipeline.JsonSchemas.Validation;
using LocalAI.Pipeline.JsonSchemas.Writing;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>A JSON Schema that this room can honour in full: as a GBNF grammar, and as a check of a finished text.</summary>
public sealed class JsonSchemaDocument
{
    private readonly SchemaNode _root;

    private JsonSchemaDocument(SchemaNode root, Shape shape, JsonSchemaLimits limits) => (_root, Shape, Limits) = (root, shape, limits);

    internal Shape Shape { get; }

    internal JsonSchemaLimits Limits { get; }

    /// <summary>Reads a schema and merges what belongs together.</summary>
    /// <param name="schema">Draft 2020-12, or what an earlier one has in common with it.</param>
    /// <param name="strict">Objects have the declared properties alone, where <c>additionalProperties</c> is absent.</param>
    /// <param name="limits">Null: the usual ones.</param>
    /// <exception cref="JsonSchemaException">It cannot be honoured; the path names the keyword.</exception>
    public static JsonSchemaDocument Parse(JsonElement schema, bool strict = false, JsonSchemaLimits? limits = null) =>
        Parse(schema, strict, isObject: false, limits ?? new JsonSchemaLimits());

    /// <summary>The same for the arguments of a function: an object, also where the schema leaves the type open.</summary>
    /// <exception cref="JsonSchemaException">It cannot be honoured; the path names the keyword.</exception>
    public static JsonSchemaDocument ParseObject(JsonElement schema, bool strict = false, JsonSchemaLimits? limits = null) =>
        Parse(schema, strict, isObject: true, limits ?? new JsonSchemaLimits());

    private static JsonSchemaDocument Parse(JsonElement schema, bool strict, bool isObject, JsonSchemaLimits limits)
    {
        var budget = new WorkBudget(limits.MaxWork);
        try
        {
            // Reads every text once: what is no Unicode fails here, and not while a grammar is written.
            _ = JsonText.Of(schema);
            var root = new SchemaReader(strict, limits, budget).Read(schema.Clone());
            return new JsonSchemaDocument(root, ShapeBuilder.Build(root, isObject, limits, budget), limits);
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
    public IReadOnlyList<JsonSchemaViolation> Validate(JsonElement instance) => SchemaValidator.Validate(_root, instance);

    public string? FirstViolation(JsonElement instance) =>
        Validate(instance) is [var first, ..] ? $"{first.Path}: {first.Message}" : null;
}
