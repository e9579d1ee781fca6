using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LocalAI.Pipeline.Settings;

/// <summary>
/// Runs the data annotations and the own validation of options, also of the objects inside them, which the framework's
/// validator leaves out.
/// </summary>
internal sealed class ValueCheck(IConfiguration configuration, SettingsSources sources)
{
    private const int MaxDepth = 16;

    private readonly List<SettingsError> _errors = [];

    public IReadOnlyList<SettingsError> Run(object options, string path)
    {
        var secrets = configuration.GetSection(path).AsEnumerable()
            .Where(entry => Secrets.IsSecret(entry.Key)).Select(entry => entry.Value).OfType<string>().ToList();
        Visit(options, path, 0);
        return [.. _errors.Select(error => error with { Problem = Secrets.Redact(error.Problem, secrets) })];
    }

    private void Visit(object options, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        ValidateOne(options, path);
        foreach (var property in OptionTypes.Properties(options.GetType()).Where(property => !OptionTypes.IsScalar(property.PropertyType)))
        {
            if (property.GetValue(options) is { } value)
            {
                VisitValue(value, $"{path}:{OptionTypes.KeyOf(property)}", depth + 1);
            }
        }
    }

    private void VisitValue(object value, string path, int depth)
    {
        switch (value)
        {
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    VisitElement(entry.Value, $"{path}:{entry.Key}", depth);
                }

                break;
            case IEnumerable elements:
                var index = 0;
                foreach (var element in elements)
                {
                    VisitElement(element, $"{path}:{index++}", depth);
                }

                break;
            default:
                Visit(value, path, depth);
                break;
        }
    }

    private void VisitElement(object? element, string path, int depth)
    {
        if (element is not null && !OptionTypes.IsScalar(element.GetType()))
        {
            VisitValue(element, path, depth + 1);
        }
    }

    private void ValidateOne(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var members = result.MemberNames.DefaultIfEmpty("");
            foreach (var member in members)
            {
                Report(options, path, member, result.ErrorMessage ?? "is not valid");
            }
        }
    }

    private void Report(object options, string path, string member, string message)
    {
        var property = options.GetType().GetProperty(member);
        var key = member.Length == 0 ? path : $"{path}:{(property is null ? member : OptionTypes.KeyOf(property))}";
        var section = configuration.GetSection(key);
        var value = section.Value is { } text ? $"is {Secrets.Shown(key, text)}" : "is not set";
        var state = section.Value is null && section.GetChildren().Any() ? "is wrong" : value;
        _errors.Add(new SettingsError(key, $"{state}: {message.TrimEnd('.')}. {sources.Describe(section)}"));
    }
}
