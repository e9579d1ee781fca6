using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>The chat template's further variables: the model's, then what reasoning effort means, then the request's own.</summary>
internal static class TemplateArguments
{
    /// <summary>False where the variables switch thinking off.</summary>
    public static bool AllowThinking(ModelDefinition model, GenerateText command) =>
        MergedWith(model, command)["enable_thinking"]?.GetValueKind() != JsonValueKind.False;

    public static string? Merge(ModelDefinition model, GenerateText command) =>
        MergedWith(model, command) is { Count: > 0 } merged ? merged.ToJsonString() : null;

    private static JsonObject MergedWith(ModelDefinition model, GenerateText command)
    {
        var merged = model.TemplateArguments.DeepClone().AsObject();
        if ((command.ReasoningEffort ?? model.ReasoningEffort) is { } effort)
        {
            // Qwen and those that follow it know the switch, gpt-oss and others the word.
            merged["enable_thinking"] = effort != "none";
            merged["reasoning_effort"] = effort;
        }

        if (command.TemplateArguments is { } asked)
        {
            foreach (var (name, value) in JsonNode.Parse(asked)!.AsObject())
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged;
    }
}
