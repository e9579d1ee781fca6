using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Settings.Tests;

internal sealed class SampleKey
{
    [Required]
    public string Owner { get; set; } = "";

    public string Key { get; set; } = "";
}
