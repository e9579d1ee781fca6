using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary><c>include</c>: what answers carry beside the usual. What belongs to items that never occur here makes no difference.</summary>
internal static class IncludeReader
{
    public const string Logprobs = "message.output_text.logprobs";
    public const string SealedReasoning = "reasoning.encrypted_content";

    private static readonly string[] Known =
    [
        Logprobs,
        SealedReasoning,
        "file_search_call.results",
        "web_search_call.results",
        "web_search_call.action.sources",
        "message.input_image.image_url",
        "computer_call_output.output.image_url",
        "code_interpreter_call.outputs",
    ];

    public static IReadOnlySet<string> Read(FieldReader fields)
    {
        var included = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, value) in fields.Items("include", Known.Length) ?? [])
        {
            var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(value));
            Check(name, path);
            included.Add(name);
        }

        return included;
    }

    /// <exception cref="ApiException">There is no such thing to include.</exception>
    public static void Check(string name, string path)
    {
        if (!Known.Contains(name, StringComparer.Ordinal))
        {
            throw RequestErrors.WrongValue(path, $"is '{Shown.Short(name)}', but must be one of {string.Join(", ", Known.Select(known => $"'{known}'"))}.");
        }
    }
}
