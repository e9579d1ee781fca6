using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary><c>tools</c> and <c>tool_choice</c>.</summary>
internal static partial class ToolsReader
{
    // Clients that bring the tools of many servers send hundreds; all of them are in the prompt.
    private const int MaxTools = 1024;

    public static (IReadOnlyList<ToolDefinition>? Tools, ToolChoice? Choice) Read(FieldReader fields)
    {
        var tools = new List<ToolDefinition>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, value) in fields.Items("tools", MaxTools) ?? [])
        {
            var tool = Tool(new FieldReader(value, path));
            tools.Add(names.Add(tool.Name) ? tool : throw RequestErrors.WrongValue($"{path}.name", $"is '{tool.Name}', which another tool has already."));
        }

        var choice = fields.Object("tool_choice") is { } chosen ? Choice(chosen, names) : null;
        if (tools.Count > 0)
        {
            return (tools, choice);
        }

        return choice is null or { Mode: ToolChoiceMode.None or ToolChoiceMode.Auto } ? (null, null) : throw RequestErrors.WrongValue("tool_choice", "needs 'tools'.");
    }

    private static ToolDefinition Tool(FieldReader tool)
    {
        if (tool.Text("type") is { } type and not "custom")
        {
            throw RequestErrors.Unsupported(tool.PathOf("type"), $"'{Shown.Short(type)}' is a tool of the server, and there are none; only 'custom' tools, with an 'input_schema'.");
        }

        var name = tool.RequiredText("name");
        if (!ToolName().IsMatch(name))
        {
            throw RequestErrors.WrongValue(tool.PathOf("name"), "must have 1 to 128 letters, digits, '_' and '-'.");
        }

        CacheControl.Check(tool);
        // Arguments are always streamed as they come.
        _ = tool.Flag("eager_input_streaming");
        CheckDiscovery(tool);
        var strict = tool.Flag("strict") ?? false;
        var definition = new ToolDefinition
        {
            Name = name,
            Description = tool.Text("description"),
            Parameters = SchemaReader.ReadArguments(tool, "input_schema", strict) ?? throw RequestErrors.Missing(tool.PathOf("input_schema")),
            Strict = strict,
        };
        tool.RefuseOthers();
        return definition;
    }

    private static void CheckDiscovery(FieldReader tool)
    {
        if (tool.Flag("defer_loading") == true)
        {
            throw RequestErrors.Unsupported(tool.PathOf("defer_loading"), "there is no tool search: the model sees all tools at once.");
        }

        if (tool.Items("input_examples") is { Count: > 0 })
        {
            throw RequestErrors.Unsupported(tool.PathOf("input_examples"), "templates have no place for them; put them into the description.");
        }

        foreach (var (path, value) in tool.Items("allowed_callers") ?? [])
        {
            if (value.ValueKind != JsonValueKind.String || value.GetString() != "direct")
            {
                throw RequestErrors.Unsupported(path, "only the model itself calls tools here ('direct').");
            }
        }
    }

    private static ToolChoice Choice(FieldReader choice, HashSet<string> names)
    {
        var type = choice.RequiredText("type");
        var read = type switch
        {
            "auto" => new ToolChoice { Mode = ToolChoiceMode.Auto },
            "any" => new ToolChoice { Mode = ToolChoiceMode.Required },
            "tool" => new ToolChoice { Mode = ToolChoiceMode.Required, Allowed = [Known(choice, names)] },
            "none" => new ToolChoice { Mode = ToolChoiceMode.None },
            _ => throw RequestErrors.WrongValue(choice.PathOf("type"), $"is '{Shown.Short(type)}', but must be 'auto', 'any', 'tool' or 'none'."),
        };
        var isParallel = choice.Flag("disable_parallel_tool_use") != true;
        choice.RefuseOthers();
        return read with { Parallel = isParallel };
    }

    private static string Known(FieldReader choice, HashSet<string> names)
    {
        var name = choice.RequiredText("name");
        return names.Contains(name) ? name : throw RequestErrors.WrongValue(choice.PathOf("name"), $"is '{Shown.Short(name)}', which is no tool of this request.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex ToolName();
}
