using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>Where the models are.</summary>
public sealed class ModelsOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Models";

    /// <summary>The folder with the YAML and .gguf files, absolute or relative to the working folder.</summary>
    [Required]
    public string Folder { get; set; } = "models";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Directory.Exists(Folder))
        {
            yield return new ValidationResult($"There is no folder {Path.GetFullPath(Folder)}", [nameof(Folder)]);
        }
    }
}
