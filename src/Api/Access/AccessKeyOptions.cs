using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>One key, as itself or as its hash.</summary>
internal sealed class AccessKeyOptions : IValidatableObject
{
    /// <summary>Whom its jobs belong to; without one, the first characters of the hash.</summary>
    [RegularExpression("[A-Za-z0-9_.-]{1,64}", ErrorMessage = "A name has 1 to 64 letters, digits, '_', '-' and '.'")]
    public string? Name { get; set; }

    /// <summary>The key.</summary>
    [StringLength(512, MinimumLength = 8, ErrorMessage = "A key has 8 to 512 characters: a shorter one can be guessed")]
    public string? Key { get; set; }

    /// <summary>SHA-256 of the key in hexadecimal, so that the configuration holds no secret.</summary>
    [RegularExpression("[0-9A-Fa-f]{64}", ErrorMessage = "A SHA-256 hash has 64 hexadecimal digits")]
    public string? KeyHash { get; set; }

    /// <summary>What it may use; without it <see cref="AccessOptions.DefaultLimits"/>.</summary>
    public KeyLimitsOptions? Limits { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key is null == KeyHash is null)
        {
            yield return new ValidationResult("Set either Key or KeyHash", [nameof(Key)]);
        }

        if (Name == AccessKeys.Anonymous)
        {
            yield return new ValidationResult($"{AccessKeys.Anonymous} is the owner of jobs without a key", [nameof(Name)]);
        }
    }
}
