using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Settings;

/// <summary>How a feature registers and reads its options.</summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to a section. What is wrong with it (values of a wrong kind, keys that it does not have,
    /// failed data annotations and <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/>) is reported with the
    /// errors of all other sections by <see cref="CheckedHost"/>; where that is not used, reading the options
    /// throws an <see cref="OptionsValidationException"/>. Calling it twice for the same section changes nothing.
    /// </summary>
    public static IServiceCollection AddValidatedOptions<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        var known = services.Any(service =>
            service.ImplementationInstance is SettingsSection other && other.OptionsType == typeof(T) && other.Path == section);
        if (known)
        {
            return services;
        }

        var registered = new SettingsSection(section, typeof(T), configuration);
        services.AddSingleton(registered);
        services.AddOptions();
        services.AddSingleton<IOptionsChangeTokenSource<T>>(
            new ConfigurationChangeTokenSource<T>(configuration.GetSection(section)));
        services.AddSingleton<IConfigureOptions<T>>(new ConfigureOptions<T>(registered.Bind));
        services.AddSingleton<IValidateOptions<T>>(new SectionValidation<T>(registered));
        services.TryAddSingleton(provider => new SettingsCheck(provider.GetServices<SettingsSection>(), configuration));
        return services;
    }

    /// <summary>
    /// The options of a section for code that runs before the container is built (which bus is configured, for example).
    /// A value of a wrong kind keeps its default here: the check reports it before anything starts.
    /// </summary>
    public static T ReadSettings<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        var options = new T();
        new SettingsSection(section, typeof(T), configuration).Bind(options);
        return options;
    }
}
