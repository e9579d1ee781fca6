using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>What may be uploaded, and how long it stays.</summary>
internal sealed class FilesOptions
{
    public const string SectionName = "Files";

    /// <summary>Bytes of one file: OpenAI's limit.</summary>
    [Range(1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxFileBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Bytes of a file that is uploaded in parts: OpenAI's limit.</summary>
    [Range(1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxUploadBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Bytes of one part: OpenAI's limit.</summary>
    [Range(1024, 1024L * 1024 * 1024)]
    public long MaxPartBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long parts are waited for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often what has expired is looked for; nobody sees it meanwhile.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CleanUpInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Content without a row is removed when it is so old: longer than any request that is still writing its row.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromDays(1);
}
