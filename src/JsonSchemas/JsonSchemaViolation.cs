namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>One place where an instance breaks its schema; <see cref="Path"/> is a JSON pointer into the instance.</summary>
public sealed record JsonSchemaViolation(string Path, string Keyword, string Message);
