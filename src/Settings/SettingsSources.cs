using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace LocalAI.Pipeline.Settings;

/// <summary>Says where a setting came from, or where it can be set.</summary>
internal sealed class SettingsSources(IConfiguration configuration)
{
    /// <summary>The last provider that has the key wins, as in the configuration itself.</summary>
    public string Describe(IConfigurationSection section)
    {
        var key = section.Path;
        var provider = Providers(configuration).LastOrDefault(provider => Has(provider, key));
        return provider switch
        {
            EnvironmentVariablesConfigurationProvider => $"It comes from the environment variable {Variable(key)}.",
            CommandLineConfigurationProvider => $"It comes from the command line, --{key}.",
            FileConfigurationProvider file => $"It comes from {file.Source.Path}.",
            not null => "It comes from the host's configuration.",
            null => $"Set it in appsettings.json, as the environment variable {Variable(key)} or with --{key}=VALUE.",
        };
    }

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();

    private static IEnumerable<IConfigurationProvider> Providers(IConfiguration configuration)
    {
        if (configuration is not IConfigurationRoot root)
        {
            return [];
        }

        return root.Providers.SelectMany(provider =>
            provider is ChainedConfigurationProvider chained ? Providers(chained.Configuration) : [provider]);
    }
}
