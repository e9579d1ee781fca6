namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>A part of an upload; its content is the object <see cref="ObjectStorage.ObjectKeys.UploadPart"/>.</summary>
internal sealed class UploadPart
{
    public const string Prefix = "part_";

    public required string Id { get; init; }

    public required string UploadId { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
