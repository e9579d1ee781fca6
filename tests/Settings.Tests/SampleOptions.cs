using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Settings.Tests;

/// <summary>Options with every shape that a section may have.</summary>
internal sealed class SampleOptions : IValidatableObject
{
    public const string SectionName = "Sample";

    [Range(1, 65535)]
    public int Port { get; set; } = 5672;

    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    public SampleTransport Transport { get; set; }

    public double Ratio { get; set; } = 0.5;

    public bool UseTls { get; set; }

    [StringLength(20, MinimumLength = 3)]
    public string Password { get; set; } = "guest";

    public IList<SampleKey> Keys { get; init; } = [];

    public IList<string> Models { get; init; } = [];

    public IDictionary<string, int> Limits { get; } = new Dictionary<string, int>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Password == "refused")
        {
            yield return new ValidationResult("The password refused is not liked.", [nameof(Password)]);
        }
    }
}
