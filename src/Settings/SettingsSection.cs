using Microsoft.Extensions.Configuration;

namespace LocalAI.Pipeline.Settings;

/// <summary>One section that a feature registered, with the type that it is bound to.</summary>
internal sealed class SettingsSection(string path, Type optionsType, IConfiguration configuration)
{
    public string Path => path;

    public Type OptionsType => optionsType;

    /// <summary>Binds what can be bound; values of a wrong kind are left out.</summary>
    public void Bind(object options)
    {
        var wrong = Walk().Select(error => error.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (wrong.Count == 0)
        {
            configuration.GetSection(path).Bind(options);
            return;
        }

        var good = configuration.GetSection(path).AsEnumerable()
            .Where(entry => !wrong.Any(key => IsAtOrBelow(entry.Key, key)));
        new ConfigurationBuilder().AddInMemoryCollection(good).Build().GetSection(path).Bind(options);
    }

    /// <summary>Errors of the text in the configuration: wrong kinds, unknown keys.</summary>
    public IReadOnlyList<SettingsError> Walk()
    {
        var walk = new SectionWalk(new SettingsSources(configuration));
        walk.Visit(configuration.GetSection(path), optionsType);
        return walk.Errors;
    }

    /// <summary>Errors of the values.</summary>
    public IReadOnlyList<SettingsError> Validate(object options) =>
        new ValueCheck(configuration, new SettingsSources(configuration)).Run(options, path);

    /// <summary>All errors, as the options come from the configuration alone.</summary>
    public IReadOnlyList<SettingsError> Check()
    {
        var options = Activator.CreateInstance(optionsType)!;
        Bind(options);
        var errors = Walk();
        var reported = errors.Select(error => error.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A value that does not convert was replaced by its default: a second error about that default would mislead.
        return [.. errors, .. Validate(options).Where(error => !reported.Contains(error.Key))];
    }

    private static bool IsAtOrBelow(string key, string other) =>
        key.StartsWith(other, StringComparison.OrdinalIgnoreCase) &&
        (key.Length == other.Length || key[other.Length] == ':');
}
