namespace LocalAI.Pipeline.Api.Files;

/// <summary>A file; its content is the object <see cref="ObjectStorage.ObjectKeys.File"/>.</summary>
internal sealed class StoredFile
{
    public required string Id { get; init; }

    /// <summary>The name of the key that uploaded it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    public required string Filename { get; init; }

    /// <summary>One of <see cref="FilePurposes"/>.</summary>
    public required string Purpose { get; init; }

    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its content, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is gone; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
