using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>
/// Reads logit_bias: an object {"token id or text": bias}, as OpenAI has it, or an array of [token id or text, bias], as
/// llama.cpp's server has it; a bias of false forbids the token. A text stands for each of its tokens.
/// </summary>
internal static class LogitBiasReader
{
    // OpenAI allows 300 entries; a text may be several tokens.
    private const int Limit = 4096;

    internal static Dictionary<int, float> Read(string json, Vocabulary vocabulary)
    {
        var biases = new Dictionary<int, float>();
        if (json.Length == 0)
            return biases;
        using JsonDocument document = Parse(json);
        foreach ((JsonElement? key, string name, JsonElement bias) in Entries(document.RootElement))
        {
            float value = ValueOf(bias);
            foreach (int token in TokensOf(key, name, vocabulary))
                biases[token] = value;
            if (biases.Count > Limit)
                throw CallErrors.Invalid($"LogitBias names more than {Limit} tokens");
        }
        return biases;
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw CallErrors.Invalid($"LogitBias is not JSON: {e.Message}");
        }
    }

    private static IEnumerable<(JsonElement? Key, string Name, JsonElement Bias)> Entries(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Object => root.EnumerateObject().Select(property => ((JsonElement?)null, property.Name, property.Value)),
        JsonValueKind.Array => root.EnumerateArray().Select(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
            ? ((JsonElement?)pair[0], pair[0].ToString(), pair[1])
            : throw CallErrors.Invalid("LogitBias as an array has pairs [token id or text, bias]")),
        _ => throw CallErrors.Invalid("LogitBias is an object {\"token id or text\": bias} or an array of pairs"),
    };

    // A number in quotes in an array is a text; the key of an object is a text in any case, and means an id when it is a number.
    private static int[] TokensOf(JsonElement? key, string name, Vocabulary vocabulary)
    {
        bool isText = key?.ValueKind == JsonValueKind.String || !int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        if (isText)
            return vocabulary.Tokenize(name, addSpecial: false);
        int token = int.Parse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return vocabulary.Contains(token)
            ? [token]
            : throw CallErrors.Invalid($"LogitBias names the token {token}; the vocabulary has 0 to {vocabulary.Size - 1}");
    }

    private static float ValueOf(JsonElement bias) => bias.ValueKind switch
    {
        JsonValueKind.False => float.NegativeInfinity,
        JsonValueKind.Number when bias.TryGetSingle(out float value) && float.IsFinite(value) => value,
        _ => throw CallErrors.Invalid($"LogitBias has the bias {bias}; a number or false is possible"),
    };
}
