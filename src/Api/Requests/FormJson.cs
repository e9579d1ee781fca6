using System.Buffers;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.AspNetCore.WebUtilities;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>The JSON that a form stands for: <c>a=1</c>, <c>a[b]=1</c>, <c>a[0][b]=1</c>, <c>a[]=1</c>.</summary>
internal static class FormJson
{
    // A conversation of a thousand messages of four fields.
    private const int MaxFields = 4096;
    private const int LongestName = 1024;

    /// <param name="typed">Fields whose values are JSON where they can be; all others are texts.</param>
    /// <exception cref="ApiException">Its names do not fit together, or there are too many.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> form, IReadOnlySet<string> typed, RequestOptions options)
    {
        var root = new FormNode();
        foreach (var (name, value) in Pairs(form))
        {
            var path = FormPath.Split(name, options.MaxJsonDepth);
            var isTyped = typed.Contains(path.LastOrDefault(FormPath.IsName, "")) && IsJson(value, options);
            if (!root.TrySet(path, value, isTyped))
            {
                throw RequestErrors.WrongValue(Shown.Short(name), "does not fit the fields before it: give each place of the form once, and places of lists in their order.");
            }
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Json.Output))
        {
            root.Write(writer);
        }

        return json.WrittenMemory;
    }

    private static List<(string Name, string Value)> Pairs(ReadOnlyMemory<byte> form)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(form.Span)) { ValueCountLimit = MaxFields, KeyLengthLimit = LongestName, ValueLengthLimit = int.MaxValue };
        try
        {
            return [.. reader.ReadForm().SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))];
        }
        catch (InvalidDataException)
        {
            throw RequestErrors.Create("invalid_form", $"The form has over {MaxFields} fields, or a name over {LongestName} characters.");
        }
    }

    private static bool IsJson(string value, RequestOptions options)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value), new JsonReaderOptions { MaxDepth = options.MaxJsonDepth });
        try
        {
            return reader.Read() && reader.TokenType != JsonTokenType.String && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
