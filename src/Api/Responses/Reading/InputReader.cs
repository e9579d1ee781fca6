using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary><c>input</c>: a text, which stands for a user's message, or items.</summary>
internal static class InputReader
{
    /// <returns>Null where there is none.</returns>
    public static IReadOnlyList<ResponseItem>? Read(FieldReader fields)
    {
        if (fields.Peek("input") is not { ValueKind: JsonValueKind.String } text)
        {
            return ReadItems(fields, "input");
        }

        _ = fields.Take("input");
        return [new MessageItem { Role = "user", Content = [new TextPart(TextPart.Input, text.GetString()!)], Path = "input" }];
    }

    /// <returns>Null where there is no such field.</returns>
    public static IReadOnlyList<ResponseItem>? ReadItems(FieldReader fields, string name) =>
        fields.Items(name) switch
        {
            null => null,
            { Count: 0 } => throw RequestErrors.WrongValue(fields.PathOf(name), "is empty."),
            var items => [.. items.Select(item => ItemReader.Read(item.Value, item.Path))],
        };

    /// <summary>Items that were written by <see cref="ItemJson"/>.</summary>
    public static IReadOnlyList<ResponseItem> ReadStored(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select((item, index) => ItemReader.Read(item, $"items[{index}]") with { Path = "" })];
    }
}
