using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary><c>logit_bias</c>: token ids, or texts as llama.cpp takes them, with -100 to 100; llama.cpp's <c>false</c> bans.</summary>
internal static class LogitBiasReader
{
    // Each costs a look at every token.
    private const int MaxEntries = 1024;
    private const int LongestKey = 256;
    private const float Ban = -100;
    private const float Strongest = 100;

    public static IReadOnlyDictionary<string, float>? Read(FieldReader fields)
    {
        if (fields.Take("logit_bias") is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw RequestErrors.WrongType("logit_bias", "an object from token ids to numbers", FieldReader.Kind(value));
        }

        var biases = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject())
        {
            if (biases.Count >= MaxEntries)
            {
                throw RequestErrors.WrongValue("logit_bias", $"has more than {MaxEntries} entries.");
            }

            if (entry.Name.Length is 0 or > LongestKey)
            {
                throw RequestErrors.WrongValue("logit_bias", $"has a key of {entry.Name.Length} characters, but keys must have 1 to {LongestKey}.");
            }

            biases[entry.Name] = Bias($"logit_bias.{Shown.Short(entry.Name)}", entry.Value);
        }

        return biases.Count == 0 ? null : biases;
    }

    /// <summary>One bias; <c>false</c> bans.</summary>
    public static float Bias(string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.False)
        {
            return Ban;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            throw RequestErrors.WrongType(path, "a number", FieldReader.Kind(value));
        }

        return value.TryGetDouble(out var bias) && Math.Abs(bias) <= Strongest
            ? (float)bias
            : throw RequestErrors.WrongValue(path, "must be from -100 to 100.");
    }
}
