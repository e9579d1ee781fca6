using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Messages;
using LocalAI.Pipeline.Api.Batches.Output;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Batches.Running;
using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Batches;

internal static class BatchesRegistration
{
    public static void AddBatches(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<BatchesOptions>(configuration, BatchesOptions.SectionName);
        services.AddSingleton<BatchStore>();
        services.AddSingleton<LeasedBatches>();
        services.AddSingleton<BatchInput>();
        services.AddSingleton<BatchValidation>();
        services.AddSingleton<EndpointCaller>();
        services.AddSingleton<LineCall>();
        services.AddSingleton<KeyPlaces>();
        services.AddSingleton<BatchLines>();
        services.AddSingleton<OutputLines>();
        services.AddSingleton<BatchOutput>();
        services.AddSingleton<BatchRun>();
        services.AddSingleton<BatchRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<BatchRunner>());
        services.AddSingleton<MessageBatchCreation>();
        services.AddSingleton<BatchRemoval>();
        services.AddHostedService<BatchesUpkeep>();
    }
}
