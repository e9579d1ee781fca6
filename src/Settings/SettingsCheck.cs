using Microsoft.Extensions.Configuration;

namespace LocalAI.Pipeline.Settings;

/// <summary>Finds everything that is wrong with the settings of all registered sections.</summary>
internal sealed class SettingsCheck(IEnumerable<SettingsSection> sections, IConfiguration configuration)
{
    /// <summary>All errors, in the order of their keys; empty when the process may start.</summary>
    public IReadOnlyList<SettingsError> Run()
    {
        var registered = sections.ToList();
        return
        [
            .. registered.SelectMany(section => section.Check())
                .Concat(MisspeltSections(registered))
                .Distinct()
                .OrderBy(error => error.Key, StringComparer.OrdinalIgnoreCase)
                .ThenBy(error => error.Problem, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Sections of other programs and of the framework are none of our business, so an unknown section is an error only
    /// where its name is a slip away from one of ours.
    /// </summary>
    private IEnumerable<SettingsError> MisspeltSections(List<SettingsSection> registered)
    {
        var names = registered.Select(section => section.Path.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var sources = new SettingsSources(configuration);
        foreach (var section in configuration.GetChildren().Where(child => child.GetChildren().Any()))
        {
            if (!names.Contains(section.Key, StringComparer.OrdinalIgnoreCase) && NearName.Of(section.Key, names) is { } near)
            {
                yield return new SettingsError(section.Key, $"is not a section. Did you mean {near}? {sources.Describe(section)}");
            }
        }
    }
}
