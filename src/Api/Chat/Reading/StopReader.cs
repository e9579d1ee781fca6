using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary><c>stop</c>, and what other APIs call it: one text or several.</summary>
internal static class StopReader
{
    // OpenAI takes 4; LocalAI's callers send more. Each is looked for at every token.
    private const int MaxStops = 16;
    private const int LongestStop = 256;

    public static IReadOnlyList<string>? Read(FieldReader fields, string name = "stop")
    {
        if (fields.Take(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => [One(name, value)],
            JsonValueKind.Array when value.GetArrayLength() > MaxStops =>
                throw RequestErrors.WrongValue(name, $"has {value.GetArrayLength()} texts, at most {MaxStops} are allowed."),
            JsonValueKind.Array => [.. value.EnumerateArray().Select((item, index) => One($"{name}[{index}]", item))],
            _ => throw RequestErrors.WrongType(name, "a string or an array of strings", FieldReader.Kind(value)),
        };
    }

    private static string One(string path, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(value));
        return text.Length is > 0 and <= LongestStop ? text : throw RequestErrors.WrongValue(path, $"has {text.Length} characters, but must have 1 to {LongestStop}.");
    }
}
