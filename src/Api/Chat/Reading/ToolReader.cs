using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary><c>tools</c> and <c>tool_choice</c>, and their old names <c>functions</c> and <c>function_call</c>.</summary>
internal static class ToolReader
{
    public static (IReadOnlyList<ToolDefinition>? Tools, ToolChoice? Choice, bool UsesFunctions) Read(FieldReader fields)
    {
        var tools = fields.Items("tools", FunctionReader.MaxTools)?.Select(item => Tool(new FieldReader(item.Value, item.Path))).ToList();
        var functions = fields.Items("functions", FunctionReader.MaxTools)?.Select(item => Function(new FieldReader(item.Value, item.Path))).ToList();
        if (tools is not null && functions is not null)
        {
            throw RequestErrors.WrongValue("functions", "is the old name of 'tools': send one of them.");
        }

        var all = tools ?? functions;
        FunctionReader.CheckNames(all, tools is null ? "functions" : "tools");
        var parallel = fields.Flag("parallel_tool_calls");
        var choice = ToolChoiceReader.Read(fields, all ?? []);
        if (all is not { Count: > 0 })
        {
            return choice is null or { Mode: ToolChoiceMode.None or ToolChoiceMode.Auto }
                ? (null, null, false)
                : throw RequestErrors.WrongValue("tool_choice", "needs 'tools'.");
        }

        // The old form has room for one call.
        var onlyOne = functions is not null || parallel == false;
        return (all, onlyOne ? (choice ?? new ToolChoice { Mode = ToolChoiceMode.Auto }) with { Parallel = false } : choice, functions is not null);
    }

    private static ToolDefinition Tool(FieldReader tool)
    {
        var type = tool.RequiredText("type");
        if (type != "function")
        {
            throw RequestErrors.Unsupported(tool.PathOf("type"), $"'{Shown.Short(type)}' tools are not there, only 'function'.");
        }

        var definition = Function(tool.Object("function") ?? throw RequestErrors.Missing(tool.PathOf("function")));
        tool.RefuseOthers();
        return definition;
    }

    private static ToolDefinition Function(FieldReader function)
    {
        var definition = FunctionReader.Read(function);
        function.RefuseOthers();
        return definition;
    }
}
