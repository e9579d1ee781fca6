namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>A schema that cannot be honoured. <see cref="Path"/> is the JSON pointer of the keyword, such as <c>#/properties/a/not</c>.</summary>
public sealed class JsonSchemaException(string path, string keyword, string message)
    : Exception($"{path}: {message}")
{
    public string Path { get; } = path;

    public string Keyword { get; } = keyword;
}
