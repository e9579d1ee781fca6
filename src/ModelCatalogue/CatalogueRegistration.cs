using LocalAI.Pipeline.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>Registers the catalogue.</summary>
public static class CatalogueRegistration
{
    /// <summary>
    /// A <see cref="Catalogue"/> of <see cref="ModelsOptions.Folder"/> as a singleton, read when it is first asked for. More
    /// than one room of a process may call it.
    /// </summary>
    public static IServiceCollection AddModelCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<ModelsOptions>(configuration, ModelsOptions.SectionName);
        services.TryAddSingleton(provider => Catalogue.Load(
            provider.GetRequiredService<IOptions<ModelsOptions>>().Value.Folder,
            provider.GetRequiredService<ILogger<Catalogue>>()));
        return services;
    }
}
