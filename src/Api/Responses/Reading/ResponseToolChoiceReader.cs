using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary><c>tool_choice</c> and <c>parallel_tool_calls</c>: none, auto, required, one function, or some allowed ones.</summary>
internal static class ResponseToolChoiceReader
{
    /// <returns>The choice (null where there is no tool to choose), and how the answer repeats it as JSON text.</returns>
    public static (ToolChoice? Choice, string Repeated) Read(FieldReader fields, IReadOnlyList<ToolDefinition> tools, bool parallel)
    {
        var asked = fields.Take("tool_choice");
        var choice = asked is { } value ? One(value, fields.PathOf("tool_choice"), tools) : new ToolChoice { Mode = ToolChoiceMode.Auto };
        if (tools.Count == 0 && choice.Mode == ToolChoiceMode.Required)
        {
            throw RequestErrors.WrongValue(fields.PathOf("tool_choice"), "needs 'tools'.");
        }

        return (tools.Count == 0 ? null : choice with { Parallel = parallel }, asked is { ValueKind: JsonValueKind.Object } ? Repeated(choice, asked.Value) : $"\"{Word(choice.Mode)}\"");
    }

    private static ToolChoice One(JsonElement choice, string path, IReadOnlyList<ToolDefinition> tools)
    {
        if (choice.ValueKind == JsonValueKind.String)
        {
            return new ToolChoice { Mode = Mode(choice.GetString()!, path, "'none', 'auto', 'required' or an object") };
        }

        var fields = new FieldReader(choice, path);
        var type = fields.RequiredText("type");
        var read = type switch
        {
            "function" => new ToolChoice { Mode = ToolChoiceMode.Required, Allowed = [Name(fields, tools)] },
            "allowed_tools" => Allowed(fields, tools),
            _ => throw RequestErrors.Unsupported(fields.PathOf("type"), $"'{Shown.Short(type)}' is not there, only 'function' and 'allowed_tools'."),
        };
        fields.RefuseOthers();
        return read;
    }

    private static ToolChoice Allowed(FieldReader fields, IReadOnlyList<ToolDefinition> tools)
    {
        var mode = Mode(fields.Text("mode") ?? "auto", fields.PathOf("mode"), "'none', 'auto' or 'required'");
        var names = new List<string>();
        foreach (var (path, value) in fields.Items("tools") ?? throw RequestErrors.Missing(fields.PathOf("tools")))
        {
            var tool = new FieldReader(value, path);
            if (tool.RequiredText("type") != "function")
            {
                throw RequestErrors.Unsupported(tool.PathOf("type"), "there are only 'function' tools.");
            }

            names.Add(Name(tool, tools));
            tool.RefuseOthers();
        }

        return names.Count > 0 ? new ToolChoice { Mode = mode, Allowed = names } : throw RequestErrors.WrongValue(fields.PathOf("tools"), "is empty.");
    }

    private static string Name(FieldReader fields, IReadOnlyList<ToolDefinition> tools)
    {
        var name = fields.RequiredText("name");
        return tools.Any(tool => tool.Name == name)
            ? name
            : throw RequestErrors.WrongValue(fields.PathOf("name"), $"is '{Shown.Short(name)}', which is no function of this request.");
    }

    private static string Repeated(ToolChoice choice, JsonElement asked) => asked.TryGetProperty("tools"u8, out var tools)
        ? JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "allowed_tools"u8);
            json.WriteString("mode"u8, Word(choice.Mode));
            json.WritePropertyName("tools"u8);
            tools.WriteTo(json);
            json.WriteEndObject();
        })
        : asked.GetRawText();

    private static string Word(ToolChoiceMode mode) => mode switch
    {
        ToolChoiceMode.None => "none",
        ToolChoiceMode.Required => "required",
        _ => "auto",
    };

    private static ToolChoiceMode Mode(string mode, string path, string allowed) => mode switch
    {
        "none" => ToolChoiceMode.None,
        "auto" => ToolChoiceMode.Auto,
        "required" => ToolChoiceMode.Required,
        _ => throw RequestErrors.WrongValue(path, $"is '{Shown.Short(mode)}', but must be {allowed}."),
    };
}
