using LocalAI.Pipeline.ObjectStorage.Folder;
using LocalAI.Pipeline.ObjectStorage.S3;
using LocalAI.Pipeline.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Adds the object store to a process.</summary>
public static class ObjectStorageRegistration
{
    /// <summary>Adds <see cref="IObjectStore"/> as <see cref="ObjectStoreOptions"/> say. The process does not start without it.</summary>
    public static IServiceCollection AddObjectStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddValidatedOptions<ObjectStoreOptions>(configuration, ObjectStoreOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        if (services.All(service => service.ServiceType != typeof(IObjectStore)))
        {
            services.AddSingleton<FolderObjectStore>();
            services.AddSingleton<S3ObjectStore>();
            services.AddSingleton<IObjectStore>(provider => provider.GetRequiredService<IOptions<ObjectStoreOptions>>().Value.Store == ObjectStoreKind.S3
                ? provider.GetRequiredService<S3ObjectStore>()
                : provider.GetRequiredService<FolderObjectStore>());
            services.AddHostedService<ObjectStoreUpkeep>();
        }

        return services;
    }
}
