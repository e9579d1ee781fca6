using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>The database of a host, opened by the test itself.</summary>
internal static class ScenarioDatabase
{
    public static IServiceCollection AddScenarioDatabase(this IServiceCollection services, IReadOnlyDictionary<string, string> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPersistence(configuration);
        services.AddSingleton<DurableJobTerms>();
        services.AddSingleton<DurableJobStore>();
        return services;
    }
}
