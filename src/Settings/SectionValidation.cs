using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Settings;

/// <summary>Refuses wrong options where no check ran before the start (in a test's host, or after a reload).</summary>
internal sealed class SectionValidation<T>(SettingsSection section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var walked = section.Walk();
        var reported = walked.Select(error => error.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var errors = walked.Concat(section.Validate(options).Where(error => !reported.Contains(error.Key))).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Select(error => error.ToString()));
    }
}
