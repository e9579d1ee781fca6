using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>OpenAI's <c>prompt</c> and <c>input</c>: a text, texts, token ids, or arrays of token ids.</summary>
internal static class TokenInputReader
{
    /// <param name="most">Texts or token arrays in one request.</param>
    /// <exception cref="ApiException">It is none of these, empty, or has too many.</exception>
    public static IReadOnlyList<TokenInput> Read(FieldReader fields, string name, int most)
    {
        var path = fields.PathOf(name);
        var value = fields.Take(name) ?? throw RequestErrors.Missing(path);
        if (value.ValueKind == JsonValueKind.String)
        {
            return [new TokenInput { Text = value.GetString() }];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw RequestErrors.WrongType(path, "a string, an array of strings, of token ids, or of arrays of token ids", FieldReader.Kind(value));
        }

        if (value.GetArrayLength() == 0)
        {
            throw RequestErrors.WrongValue(path, "is an empty array.");
        }

        return value[0].ValueKind == JsonValueKind.Number ? [new TokenInput { Tokens = Tokens(path, value) }] : Several(path, value, most);
    }

    /// <summary>An array of token ids. How many there may be is the context's matter; the body's size bounds them until then.</summary>
    public static IReadOnlyList<int> Tokens(string path, JsonElement array) =>
        array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select((item, index) => Token($"{path}[{index}]", item))]
            : throw RequestErrors.WrongType(path, "an array of token ids", FieldReader.Kind(array));

    private static List<TokenInput> Several(string path, JsonElement value, int most) =>
        value.GetArrayLength() <= most
            ? [.. value.EnumerateArray().Select((item, index) => One($"{path}[{index}]", item, value[0].ValueKind))]
            : throw RequestErrors.WrongValue(path, $"has {value.GetArrayLength()} elements, at most {most} are allowed.");

    private static TokenInput One(string path, JsonElement item, JsonValueKind kind) => item.ValueKind switch
    {
        JsonValueKind.String when kind == JsonValueKind.String => new TokenInput { Text = item.GetString() },
        JsonValueKind.Array when kind == JsonValueKind.Array && item.GetArrayLength() == 0 => throw RequestErrors.WrongValue(path, "is an empty array."),
        JsonValueKind.Array when kind == JsonValueKind.Array => new TokenInput { Tokens = Tokens(path, item) },
        _ => throw RequestErrors.WrongType(path, kind == JsonValueKind.Array ? "an array of token ids like the first" : "a string like the first", FieldReader.Kind(item)),
    };

    private static int Token(string path, JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var token)
            ? token >= 0 ? token : throw RequestErrors.WrongValue(path, "is no token id: they are not negative.")
            : throw RequestErrors.WrongType(path, "a token id", FieldReader.Kind(item));
}
