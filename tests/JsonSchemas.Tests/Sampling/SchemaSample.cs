using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.JsonSchemas.Tests.Sampling;

/// <summary>A schema, and how to make values that are valid by it, known when the schema was made and not read off it.</summary>
internal sealed record SchemaSample(JsonNode Schema, Func<JsonNode?> Instance);
