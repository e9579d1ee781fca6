using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>The body that makes a batch of a file.</summary>
internal static class BatchRequestReader
{
    // OpenAI's bounds of metadata.
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;

    public static Batch Read(FieldReader fields, string owner, DateTimeOffset now)
    {
        var endpoint = fields.RequiredText("endpoint");
        if (!BatchTargets.Has(BatchKind.Files, endpoint))
        {
            throw RequestErrors.WrongValue("endpoint", $"must be one of '{string.Join("', '", BatchTargets.OfFiles)}', but is '{Shown.Short(endpoint)}'.");
        }

        var window = fields.RequiredText("completion_window");
        var batch = new Batch
        {
            Id = BatchIds.New(BatchKind.Files, now),
            Owner = owner,
            Kind = BatchKind.Files,
            Endpoint = endpoint,
            InputFileId = fields.RequiredText("input_file_id"),
            CompletionWindow = window,
            CreatedAt = now,
            ExpiresAt = now + CompletionWindow.Read(window),
            Metadata = Metadata(fields),
            OutputExpiresAfterSeconds = FileExpiry.Read(fields, "output_expires_after"),
        };
        fields.RefuseOthers();
        return batch;
    }

    private static string? Metadata(FieldReader fields)
    {
        if (fields.Take("metadata") is not { } metadata)
        {
            return null;
        }

        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw RequestErrors.WrongType("metadata", "an object", FieldReader.Kind(metadata));
        }

        var pairs = metadata.EnumerateObject().ToList();
        if (pairs.Count > MostPairs)
        {
            throw RequestErrors.WrongValue("metadata", $"has {pairs.Count} pairs, at most {MostPairs} are allowed.");
        }

        foreach (var pair in pairs)
        {
            var path = $"metadata.{Shown.Short(pair.Name)}";
            if (pair.Value.ValueKind != JsonValueKind.String)
            {
                throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(pair.Value));
            }

            if (pair.Name.Length > LongestKey || pair.Value.GetString()!.Length > LongestValue)
            {
                throw RequestErrors.WrongValue(path, $"is too long: keys have at most {LongestKey} characters, values {LongestValue}.");
            }
        }

        return metadata.GetRawText();
    }
}
