using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Where files, uploads and results are kept.</summary>
public sealed class ObjectStoreOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Objects";

    /// <summary>A folder for one machine, S3 for several.</summary>
    [EnumDataType(typeof(ObjectStoreKind))]
    public ObjectStoreKind Store { get; set; } = ObjectStoreKind.Folder;

    /// <summary>The folder, made where it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "data/objects";

    /// <summary>The S3 server; matters where <see cref="Store"/> says so.</summary>
    public S3Options S3 { get; set; } = new();

    /// <summary>How long a process waits for the store at its start: containers of one deployment start together.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what dead writers left is looked for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan CleanUpInterval { get; set; } = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Store == ObjectStoreKind.S3 && string.IsNullOrEmpty(S3.Bucket))
        {
            yield return new ValidationResult("Name the bucket in Objects:S3:Bucket, or set Objects:Store to folder", [nameof(Store)]);
        }
    }
}
