namespace LocalAI.Pipeline.JsonSchemas.Shapes;

internal sealed record ShapeProperty(string Name, Shape Value, bool IsRequired);
