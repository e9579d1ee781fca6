using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>A function as OpenAI's APIs describe it: <c>name</c>, <c>description</c>, <c>parameters</c>, <c>strict</c>.</summary>
internal static partial class FunctionReader
{
    // OpenAI's bound.
    public const int MaxTools = 128;

    /// <summary>Takes the function's fields and leaves what else is there.</summary>
    public static ToolDefinition Read(FieldReader function)
    {
        var name = function.RequiredText("name");
        if (!FunctionName().IsMatch(name))
        {
            throw RequestErrors.WrongValue(function.PathOf("name"), "must have 1 to 64 letters, digits, '_' and '-'.");
        }

        var strict = function.Flag("strict") ?? false;
        return new ToolDefinition
        {
            Name = name,
            Description = function.Text("description"),
            Parameters = SchemaReader.ReadArguments(function, "parameters", strict),
            Strict = strict,
        };
    }

    public static void CheckNames(IReadOnlyList<ToolDefinition>? tools, string path)
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
