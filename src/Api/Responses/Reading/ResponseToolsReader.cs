using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary><c>tools</c>: functions, which the caller carries out. Tools that a server would carry out are refused.</summary>
internal static class ResponseToolsReader
{
    public static IReadOnlyList<ToolDefinition> Read(FieldReader fields)
    {
        var tools = (fields.Items("tools", FunctionReader.MaxTools) ?? []).Select(item => One(new FieldReader(item.Value, item.Path))).ToList();
        FunctionReader.CheckNames(tools, fields.PathOf("tools"));
        return tools;
    }

    private static ToolDefinition One(FieldReader tool)
    {
        var type = tool.RequiredText("type");
        if (type != "function")
        {
            throw RequestErrors.Unsupported(tool.PathOf("type"), $"'{Shown.Short(type)}' tools are not there, only 'function'.");
        }

        var function = FunctionReader.Read(tool);
        foreach (var name in (string[])["async", "defer_loading"])
        {
            if (tool.Flag(name) == true)
            {
                throw RequestErrors.Unsupported(tool.PathOf(name), "a function is known from the start, and its output is waited for.");
            }
        }

        if (tool.Take("output_schema") is not null)
        {
            throw RequestErrors.Unsupported(tool.PathOf("output_schema"), "outputs are read as they come.");
        }

        CheckCallers(tool);
        tool.RefuseOthers();
        return function;
    }

    private static void CheckCallers(FieldReader tool)
    {
        foreach (var (path, caller) in tool.Items("allowed_callers") ?? [])
        {
            if (caller.ValueKind != System.Text.Json.JsonValueKind.String || caller.GetString() != "direct")
            {
                throw RequestErrors.Unsupported(path, "only the model itself calls functions here ('direct').");
            }
        }
    }
}
