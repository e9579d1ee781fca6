using System.Text.Json.Nodes;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>Tools and calls in OpenAI's JSON, which chat templates expect.</summary>
internal static class ToolJson
{
    public static string Definitions(IEnumerable<ToolDefinition> tools, IReadOnlyList<string>? allowed, bool withStrict = false) =>
        new JsonArray([.. tools.Where(tool => allowed is null || allowed.Contains(tool.Name)).Select(tool => Definition(tool, withStrict))]).ToJsonString();

    public static string Calls(IEnumerable<ToolCall> calls) => new JsonArray([.. calls.Select(call => new JsonObject
    {
        ["id"] = call.Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
    })]).ToJsonString();

    // Strictness is for servers; templates would show it to the model.
    private static JsonObject Definition(ToolDefinition tool, bool withStrict)
    {
        var function = new JsonObject { ["name"] = tool.Name };
        if (tool.Description is { } description)
        {
            function["description"] = description;
        }

        function["parameters"] = tool.Parameters is { } parameters ? JsonNode.Parse(parameters) : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        if (withStrict && tool.Strict)
        {
            function["strict"] = true;
        }

        return new JsonObject { ["type"] = "function", ["function"] = function };
    }
}
