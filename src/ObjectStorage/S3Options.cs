using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>A server with the API of S3: MinIO, Ceph, SeaweedFS, AWS.</summary>
public sealed class S3Options : IValidatableObject
{
    /// <summary>Where it is, such as <c>http://minio:9000</c>; unset means AWS.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The region that requests are signed for; servers other than AWS take any.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>The bucket, made where it is missing.</summary>
    [RegularExpression("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", ErrorMessage = "A bucket's name has 3 to 63 lower-case letters, digits, '.' and '-'")]
    public string? Bucket { get; set; }

    /// <summary>The key's id; unset means that AWS's own sources are asked (environment, profile, role of the machine).</summary>
    public string? AccessKey { get; set; }

    /// <summary>The key's secret.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket is in the path (most servers) or in the host's name (AWS).</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Size of the parts of large objects, which is what a write holds in memory: S3 takes no less than 5 MiB and no more than 10,000 of them.</summary>
    [Range(5, 512)]
    public int PartMebibytes { get; set; } = 8;

    /// <summary>Writes at once, each with one part in memory; a further one waits.</summary>
    [Range(1, 1024)]
    public int MaxWriters { get; set; } = 32;

    /// <summary>How long one request may take to be answered; the parts make every request a small one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>When a write that was never ended counts as dead: longer than any living one.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is not null && (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult("An endpoint is an address such as http://minio:9000", [nameof(Endpoint)]);
        }

        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
        {
            yield return new ValidationResult("Set both AccessKey and SecretKey, or neither", [string.IsNullOrEmpty(AccessKey) ? nameof(AccessKey) : nameof(SecretKey)]);
        }
    }
}
