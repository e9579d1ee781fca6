using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary><c>tools</c> and <c>tool_choice</c>, and their old names <c>functions</c> and <c>function_call</c>.</summary>
internal static partial class ToolReader
{
    // OpenAI's bound.
    private const int MaxTools = 128;

    public static (IReadOnlyList<ToolDefinition>? Tools, ToolChoice? Choice, bool UsesFunctions) Read(FieldReader fields)
    {
        var tools = fields.Items("tools", MaxTools)?.Select(item => Tool(new FieldReader(item.Value, item.Path))).ToList();
        var functions = fields.Items("functions", MaxTools)?.Select(item => Function(new FieldReader(item.Value, item.Path))).ToList();
        if (tools is not null && functions is not null)
        {
            throw RequestErrors.WrongValue("functions", "is the old name of 'tools': send one of them.");
        }

        var all = tools ?? functions;
        CheckNames(all, tools is null ? "functions" : "tools");
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
        var name = function.RequiredText("name");
        if (!FunctionName().IsMatch(name))
        {
            throw RequestErrors.WrongValue(function.PathOf("name"), "must have 1 to 64 letters, digits, '_' and '-'.");
        }

        var strict = function.Flag("strict") ?? false;
        var definition = new ToolDefinition
        {
            Name = name,
            Description = function.Text("description"),
            Parameters = SchemaReader.ReadArguments(function, "parameters", strict),
            Strict = strict,
        };
        function.RefuseOthers();
        return definition;
    }

    private static void CheckNames(IReadOnlyList<ToolDefinition>? tools, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in tools ?? [])
        {
            if (!names.Add(tool.Name))
            {
                throw RequestErrors.WrongValue(path, $"has two functions with the name '{tool.Name}'.");
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex FunctionName();
}
