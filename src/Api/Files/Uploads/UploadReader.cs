using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>The bodies of the upload endpoints.</summary>
internal static class UploadReader
{
    private const int LongestType = 255;

    // Parts of 64 MiB reach 8 GiB with 128.
    private const int MostParts = 10_000;

    public static Upload Create(FieldReader fields, string owner, FilesOptions options, DateTimeOffset now)
    {
        var upload = new Upload
        {
            Id = TimeOrderedId.New(Upload.Prefix, now),
            Owner = owner,
            Bytes = fields.Long("bytes", 1, options.MaxUploadBytes) ?? throw RequestErrors.Missing("bytes"),
            Filename = FileNames.Check(fields.RequiredText("filename"), "filename"),
            MimeType = fields.RequiredText("mime_type", LongestType),
            Purpose = FilePurposes.Check(fields.RequiredText("purpose")),
            FileExpiresAfterSeconds = FileExpiry.Read(fields, "expires_after"),
            CreatedAt = now,
            ExpiresAt = now + options.UploadLifetime,
        };
        fields.RefuseOthers();
        return upload;
    }

    public static (IReadOnlyList<string> PartIds, string? Md5) Complete(FieldReader fields)
    {
        var parts = (fields.Items("part_ids", MostParts) ?? throw RequestErrors.Missing("part_ids"))
            .Select(item => item.Value.ValueKind == System.Text.Json.JsonValueKind.String ? item.Value.GetString()! : throw RequestErrors.WrongType(item.Path, "a string", FieldReader.Kind(item.Value)))
            .ToList();
        var md5 = fields.Text("md5", 64);
        fields.RefuseOthers();
        return parts.Count > 0 ? (parts, md5) : throw RequestErrors.WrongValue("part_ids", "is empty.");
    }
}
