using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary><c>think</c>: true, false, or how much.</summary>
internal static class ThinkReader
{
    /// <returns>The reasoning effort, and variables for the template; null where the model's default holds.</returns>
    public static (string? Effort, string? Arguments) Read(FieldReader fields) => fields.Take("think") switch
    {
        null => (null, null),
        { ValueKind: JsonValueKind.False } => ("none", null),
        { ValueKind: JsonValueKind.True } => (null, """{"enable_thinking":true}"""),
        { ValueKind: JsonValueKind.String } level => Level(level.GetString()!),
        { } other => throw RequestErrors.WrongType("think", "true, false, or 'low', 'medium' or 'high'", FieldReader.Kind(other)),
    };

    private static (string? Effort, string? Arguments) Level(string level) => level is "low" or "medium" or "high"
        ? (level, null)
        : throw RequestErrors.WrongValue("think", $"is '{Shown.Short(level)}', but must be true, false, 'low', 'medium' or 'high'.");
}
