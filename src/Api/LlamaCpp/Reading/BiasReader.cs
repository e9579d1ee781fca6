using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary><c>logit_bias</c> as llama.cpp has it, an array of pairs <c>[token or text, bias or false]</c>, or OpenAI's object.</summary>
internal static class BiasReader
{
    // Each costs a look at every token.
    private const int MaxEntries = 1024;
    private const int LongestText = 256;

    public static IReadOnlyDictionary<string, float>? Read(FieldReader fields)
    {
        if (fields.Peek("logit_bias") is not { ValueKind: JsonValueKind.Array })
        {
            return LogitBiasReader.Read(fields);
        }

        var biases = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (path, pair) in fields.Items("logit_bias", MaxEntries)!)
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
            {
                throw RequestErrors.WrongType(path, "a pair of a token or text and its bias", FieldReader.Kind(pair));
            }

            biases[Key($"{path}[0]", pair[0])] = LogitBiasReader.Bias($"{path}[1]", pair[1]);
        }

        return biases.Count == 0 ? null : biases;
    }

    private static string Key(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var token) && token >= 0 => token.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => throw RequestErrors.WrongValue(path, "is no token id."),
        // A text of digits alone would be taken for a token id.
        JsonValueKind.String when value.GetString()!.Length is > 0 and <= LongestText && !value.GetString()!.All(char.IsAsciiDigit) => value.GetString()!,
        JsonValueKind.String => throw RequestErrors.WrongValue(path, $"must have 1 to {LongestText} characters that are not all digits."),
        _ => throw RequestErrors.WrongType(path, "a token id or a text", FieldReader.Kind(value)),
    };
}
