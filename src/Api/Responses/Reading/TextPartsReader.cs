using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>An array of parts that are texts.</summary>
internal static class TextPartsReader
{
    /// <param name="expected">What the field may be, for errors.</param>
    /// <param name="types">The types that may stand there.</param>
    public static IReadOnlyList<TextPart> Read(FieldReader fields, string name, string expected, params string[] types)
    {
        var path = fields.PathOf(name);
        var value = fields.Take(name) ?? throw RequestErrors.Missing(path);
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((part, index) => One(new FieldReader(part, $"{path}[{index}]"), types))]
            : throw RequestErrors.WrongType(path, expected, FieldReader.Kind(value));
    }

    private static TextPart One(FieldReader part, string[] types)
    {
        var type = part.RequiredText("type");
        if (type is "input_image" or "input_file" or "input_audio" or "input_video")
        {
            throw RequestErrors.Unsupported(part.PathOf("type"), $"'{type}' parts need a model that sees, hears or reads files; send text.");
        }

        // OpenAI's conversations have plain 'text' parts.
        var known = type == "text" ? types[0] : type;
        if (!types.Contains(known, StringComparer.Ordinal))
        {
            throw RequestErrors.WrongValue(part.PathOf("type"), $"is '{Shown.Short(type)}', but must be {string.Join(" or ", types.Select(allowed => $"'{allowed}'"))}.");
        }

        var read = new TextPart(known, part.RequiredText(known == TextPart.Refusal ? "refusal" : "text"), Logprobs(part, known));
        SkipEchoes(part);
        part.RefuseOthers();
        return read;
    }

    private static string? Logprobs(FieldReader part, string type) => type != TextPart.Output ? null : part.Take("logprobs") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } entries => entries.GetArrayLength() == 0 ? null : entries.GetRawText(),
        { } other => throw RequestErrors.WrongType(part.PathOf("logprobs"), "an array", FieldReader.Kind(other)),
    };

    /// <summary>What parts of answers carry beside their text, and what marks a place in a prompt's cache, which keeps all of it anyway.</summary>
    private static void SkipEchoes(FieldReader part)
    {
        if (part.Take("annotations") is { } annotations && (annotations.ValueKind != JsonValueKind.Array || annotations.GetArrayLength() > 0))
        {
            throw RequestErrors.Unsupported(part.PathOf("annotations"), "annotations are not read.");
        }

        _ = part.Take("prompt_cache_breakpoint");
    }
}
