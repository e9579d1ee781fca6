using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary>
/// <c>prompt</c>: a text, tokens, a mixture of both, an object with <c>prompt_string</c>, or an array of those. An array that has a
/// number is one prompt, any other array is several.
/// </summary>
internal static class LlamaPromptReader
{
    private const string Expected = "a string, token ids, a mixture of both, or an array of those";

    /// <param name="most">Prompts in one request.</param>
    public static IReadOnlyList<LlamaPrompt> Read(FieldReader fields, int most)
    {
        var value = fields.Take("prompt") ?? throw RequestErrors.Missing("prompt");
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Number))
        {
            return [One("prompt", value)];
        }

        return value.GetArrayLength() is var count && count > 0 && count <= most
            ? [.. value.EnumerateArray().Select((item, index) => One($"prompt[{index}]", item))]
            : throw RequestErrors.WrongValue("prompt", $"has {count} prompts, but must have 1 to {most}.");
    }

    private static LlamaPrompt One(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new LlamaPrompt([new TokenInput { Text = value.GetString() }]),
        JsonValueKind.Array when value.GetArrayLength() == 0 => throw RequestErrors.WrongValue(path, "is an empty array."),
        JsonValueKind.Array => new LlamaPrompt(Parts(path, value)),
        JsonValueKind.Object => Multimodal(new FieldReader(value, path)),
        _ => throw RequestErrors.WrongType(path, Expected, FieldReader.Kind(value)),
    };

    private static LlamaPrompt Multimodal(FieldReader fields)
    {
        var text = fields.RequiredText("prompt_string");
        if (fields.Items("multimodal_data") is { Count: > 0 })
        {
            throw RequestErrors.Unsupported(fields.PathOf("multimodal_data"), "prompts are text.");
        }

        fields.RefuseOthers();
        return new LlamaPrompt([new TokenInput { Text = text }]);
    }

    // Neighbouring tokens are one part: how many there may be is the context's matter, the body's size bounds them until then.
    private static List<TokenInput> Parts(string path, JsonElement array)
    {
        var parts = new List<TokenInput>();
        var tokens = new List<int>();
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            if (item.ValueKind == JsonValueKind.Number)
            {
                tokens.Add(item.TryGetInt32(out var token) && token >= 0 ? token : throw RequestErrors.WrongValue(place, "is no token id."));
                continue;
            }

            Close(parts, ref tokens);
            parts.Add(new TokenInput { Text = item.ValueKind == JsonValueKind.String ? item.GetString() : throw RequestErrors.WrongType(place, "a token id or a string", FieldReader.Kind(item)) });
            if (parts.Count > MaxTexts)
            {
                throw RequestErrors.WrongValue(path, $"has more than {MaxTexts} parts.");
            }
        }

        Close(parts, ref tokens);
        return parts;
    }

    // Each text between tokens is a question to a worker.
    private const int MaxTexts = 64;

    private static void Close(List<TokenInput> parts, ref List<int> tokens)
    {
        if (tokens.Count > 0)
        {
            parts.Add(new TokenInput { Tokens = tokens });
            tokens = [];
        }
    }
}
