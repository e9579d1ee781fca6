using Microsoft.Extensions.Configuration;

namespace LocalAI.Pipeline.Settings;

/// <summary>
/// Compares a section's keys with the properties of its options. The framework's binder stops at the first value that it
/// cannot convert and says nothing about keys that it does not know; this finds all of both. Conversion itself is the
/// binder's, so that what passes here also binds.
/// </summary>
internal sealed class SectionWalk(SettingsSources sources)
{
    /// <summary>Options are shallow; a type that contains itself must not be followed for ever.</summary>
    private const int MaxDepth = 16;

    private readonly List<SettingsError> _errors = [];

    public IReadOnlyList<SettingsError> Errors => _errors;

    public void Visit(IConfigurationSection section, Type type, int depth = 0)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (depth > MaxDepth || type == typeof(object))
        {
            return;
        }

        if (OptionTypes.IsScalar(type))
        {
            VisitScalar(section, type);
        }
        else if (!string.IsNullOrEmpty(section.Value))
        {
            Report(section, OptionTypes.ElementOf(type) is null
                ? $"has a value of its own, but it is a section: set the keys below it, such as {section.Path}:{OptionTypes.KeysOf(type).FirstOrDefault()}"
                : $"is a list: set {section.Path}:0, {section.Path}:1 and so on");
        }
        else if (OptionTypes.ElementOf(type) is { } element)
        {
            foreach (var child in section.GetChildren())
            {
                Visit(child, element, depth + 1);
            }
        }
        else
        {
            VisitProperties(section, type, depth);
        }
    }

    private void VisitProperties(IConfigurationSection section, Type type, int depth)
    {
        foreach (var child in section.GetChildren())
        {
            if (OptionTypes.PropertyOf(type, child.Key) is { } property)
            {
                Visit(child, property.PropertyType, depth + 1);
            }
            else
            {
                var near = NearName.Of(child.Key, OptionTypes.KeysOf(type));
                Report(child, near is null
                    ? $"is not a setting. {section.Path} has: {string.Join(", ", OptionTypes.KeysOf(type))}"
                    : $"is not a setting. Did you mean {section.Path}:{near}?");
            }
        }
    }

    private void VisitScalar(IConfigurationSection section, Type type)
    {
        if (section.GetChildren().Any())
        {
            Report(section, $"has keys below it, but it is one value: {ValueKind.Of(type)}");
        }
        else if (section.Value is { } value && !Converts(section, type, value))
        {
            Report(section, $"is {Secrets.Shown(section.Path, value)}, but it must be {ValueKind.Of(type)}");
        }
    }

    private static bool Converts(IConfigurationSection section, Type type, string value)
    {
        if (type == typeof(TimeSpan) && value.Length > 0 && value.Trim() != "0" && value.Trim().All(char.IsAsciiDigit))
        {
            // "30" would silently be 30 days.
            return false;
        }

        try
        {
            var converted = section.Get(type);
            return converted is null || !type.IsEnum || type.IsDefined(typeof(FlagsAttribute), inherit: false) || Enum.IsDefined(type, converted);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Report(IConfigurationSection section, string problem) =>
        _errors.Add(new SettingsError(section.Path, $"{problem.TrimEnd('.')}{(problem.EndsWith('?') ? "" : ".")} {sources.Describe(section)}"));
}
