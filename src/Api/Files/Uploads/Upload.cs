namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>A file that comes in parts.</summary>
internal sealed class Upload
{
    public const string Prefix = "upload_";

    public required string Id { get; init; }

    /// <summary>The name of the key that made it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    public required string Filename { get; init; }

    public required string Purpose { get; init; }

    public required string MimeType { get; init; }

    /// <summary>Bytes that all parts must have together.</summary>
    public required long Bytes { get; init; }

    public UploadState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then it can be completed; then it and what it has are removed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The lifetime of the file that becomes of it.</summary>
    public int? FileExpiresAfterSeconds { get; init; }

    /// <summary>The file that became of it.</summary>
    public string? FileId { get; init; }
}
