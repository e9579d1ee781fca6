using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary><c>tool_choice</c>: none, auto, required, one function, or some allowed ones; and the old <c>function_call</c>.</summary>
internal static class ToolChoiceReader
{
    public static ToolChoice? Read(FieldReader fields, IReadOnlyList<ToolDefinition> tools)
    {
        var current = fields.Take("tool_choice");
        var old = fields.Take("function_call");
        return current is { } choice ? Current(choice, tools)
            : old is { } call ? Old(call, tools)
            : null;
    }

    private static ToolChoice Current(JsonElement choice, IReadOnlyList<ToolDefinition> tools)
    {
        if (choice.ValueKind == JsonValueKind.String)
        {
            return new ToolChoice { Mode = Mode(choice.GetString()!, "tool_choice") };
        }

        var fields = new FieldReader(choice, "tool_choice");
        var type = fields.RequiredText("type");
        var read = type switch
        {
            "function" => new ToolChoice { Mode = ToolChoiceMode.Required, Allowed = [FunctionName(fields, tools)] },
            "allowed_tools" => AllowedTools(fields.Object("allowed_tools") ?? fields, tools),
            _ => throw RequestErrors.WrongValue("tool_choice.type", $"is '{Shown.Short(type)}', but must be 'function' or 'allowed_tools'."),
        };
        fields.RefuseOthers();
        return read;
    }

    private static ToolChoice Old(JsonElement call, IReadOnlyList<ToolDefinition> tools)
    {
        if (call.ValueKind == JsonValueKind.String)
        {
            return call.GetString() is ("none" or "auto") and var mode
                ? new ToolChoice { Mode = Mode(mode, "function_call") }
                : throw RequestErrors.WrongValue("function_call", "must be 'none', 'auto' or an object with a name.");
        }

        var fields = new FieldReader(call, "function_call");
        var name = Known(fields.RequiredText("name"), tools, fields.PathOf("name"));
        fields.RefuseOthers();
        return new ToolChoice { Mode = ToolChoiceMode.Required, Allowed = [name] };
    }

    private static ToolChoice AllowedTools(FieldReader fields, IReadOnlyList<ToolDefinition> tools)
    {
        var mode = fields.RequiredText("mode");
        if (mode is not ("auto" or "required"))
        {
            throw RequestErrors.WrongValue(fields.PathOf("mode"), "must be 'auto' or 'required'.");
        }

        var names = new List<string>();
        foreach (var (path, value) in fields.Items("tools") ?? throw RequestErrors.Missing(fields.PathOf("tools")))
        {
            var tool = new FieldReader(value, path);
            if (tool.RequiredText("type") != "function")
            {
                throw RequestErrors.WrongValue(tool.PathOf("type"), "must be 'function'.");
            }

            names.Add(FunctionName(tool, tools));
            tool.RefuseOthers();
        }

        fields.RefuseOthers();
        return names.Count > 0
            ? new ToolChoice { Mode = Mode(mode, fields.PathOf("mode")), Allowed = names }
            : throw RequestErrors.WrongValue(fields.PathOf("tools"), "is empty.");
    }

    private static string FunctionName(FieldReader fields, IReadOnlyList<ToolDefinition> tools)
    {
        var function = fields.Object("function") ?? throw RequestErrors.Missing(fields.PathOf("function"));
        var name = Known(function.RequiredText("name"), tools, function.PathOf("name"));
        function.RefuseOthers();
        return name;
    }

    private static string Known(string name, IReadOnlyList<ToolDefinition> tools, string path) =>
        tools.Any(tool => tool.Name == name) ? name : throw RequestErrors.WrongValue(path, $"is '{Shown.Short(name)}', which is no function of this request.");

    private static ToolChoiceMode Mode(string mode, string path) => mode switch
    {
        "none" => ToolChoiceMode.None,
        "auto" => ToolChoiceMode.Auto,
        "required" or "any" => ToolChoiceMode.Required,
        _ => throw RequestErrors.WrongValue(path, $"is '{Shown.Short(mode)}', but must be 'none', 'auto', 'required' or an object."),
    };
}
