using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Settings.Tests;

internal sealed class OtherOptions
{
    public const string SectionName = "Other";

    [Required]
    public string? Folder { get; set; }
}
