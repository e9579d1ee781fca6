using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>An <c>anyOf</c> or <c>oneOf</c> of a schema.</summary>
internal sealed record SchemaChoice(SchemaNode Node, IReadOnlyList<SchemaNode> Options, bool IsOneOf);
