using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>What a chat asks of its answer's form, in OpenAI's own words: for a backend that holds to it by itself.</summary>
internal static class NativeForm
{
    /// <summary>A key of the request's metadata; <c>false</c> allows one call at most.</summary>
    public const string ParallelCalls = "parallel_tool_calls";

    public static void Fill(PredictOptions request, GenerateText command)
    {
        if (request.Tools.Length > 0)
        {
            request.Tools = ToolJson.Definitions(command.Tools!, command.ToolChoice?.Allowed, withStrict: true);
            request.ToolChoice = Choice(command.ToolChoice);
            if (command.ToolChoice?.Parallel == false)
            {
                request.Metadata[ParallelCalls] = "false";
            }
        }

        request.ResponseFormat = Format(command.Output)?.ToJsonString() ?? "";
    }

    private static string Choice(ToolChoice? choice) => choice switch
    {
        { Mode: ToolChoiceMode.Required, Allowed: [var only] } => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = only } }.ToJsonString(),
        { Mode: ToolChoiceMode.Required } => "\"required\"",
        _ => "\"auto\"",
    };

    private static JsonObject? Format(OutputFormat? output) => output switch
    {
        { Kind: OutputKind.JsonObject } => new JsonObject { ["type"] = "json_object" },
        { Kind: OutputKind.JsonSchema, Schema: { } schema } => new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject { ["name"] = "answer", ["schema"] = JsonNode.Parse(schema), ["strict"] = output.Strict },
        },
        _ => null,
    };
}
