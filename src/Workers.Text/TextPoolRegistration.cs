using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Heartbeat;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Text.Calls;
using LocalAI.Pipeline.Workers.Text.Descriptions;
using LocalAI.Pipeline.Workers.Text.Embeddings;
using LocalAI.Pipeline.Workers.Text.Forwarding;
using LocalAI.Pipeline.Workers.Text.Generation;
using LocalAI.Pipeline.Workers.Text.Reranking;
using LocalAI.Pipeline.Workers.Text.Slots;
using LocalAI.Pipeline.Workers.Text.Tokens;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text;

/// <summary>Registers the text pool.</summary>
public static class TextPoolRegistration
{
    /// <summary>Adds the consumers of all text models in the catalogue. Call it before <c>AddPipelineBus</c>.</summary>
    public static IServiceCollection AddTextPool(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWorkerHosting(configuration);
        services.AddSingleton(new HostedBackend(OpenAiBackend.Name, static () => new OpenAiBackend()));
        services.AddSingleton<ModelCalls>();
        services.AddSingleton<RequestAnswers>();
        services.AddSingleton<TextJobs>();
        services.AddSingleton(provider => new ServedModels("text", () => [.. ModelsOf(provider)]));
        services.AddSingleton(new BusParticipant(AddConsumers, ConfigureEndpoints));
        return services;
    }

    private static IEnumerable<ModelDefinition> ModelsOf(IServiceProvider provider) =>
        provider.GetRequiredService<Catalogue>().Models.Where(model => model.Pool == ModelPool.Text);

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<GenerateTextConsumer>();
        bus.AddConsumer<EmbedTextConsumer>();
        bus.AddConsumer<RerankDocumentsConsumer>();
        bus.AddConsumer<TokenizeTextConsumer>();
        bus.AddConsumer<DetokenizeTextConsumer>();
        bus.AddConsumer<RenderPromptConsumer>();
        bus.AddConsumer<DescribeModelConsumer>();
        bus.AddConsumer<ChangeSlotConsumer>();
    }

    private static void ConfigureEndpoints(IBusRegistrationContext context, IPipelineEndpoints endpoints)
    {
        foreach (var model in ModelsOf(context))
        {
            foreach (var lane in Enum.GetValues<Lane>())
            {
                endpoints.CommandQueue(QueueNames.Text(model.Name, lane), model.Slots, endpoint =>
                {
                    endpoint.ConfigureConsumer<GenerateTextConsumer>(context);
                    endpoint.ConfigureConsumer<EmbedTextConsumer>(context);
                    endpoint.ConfigureConsumer<RerankDocumentsConsumer>(context);
                    endpoint.ConfigureConsumer<TokenizeTextConsumer>(context);
                    endpoint.ConfigureConsumer<DetokenizeTextConsumer>(context);
                    endpoint.ConfigureConsumer<RenderPromptConsumer>(context);
                    endpoint.ConfigureConsumer<DescribeModelConsumer>(context);
                    endpoint.ConfigureConsumer<ChangeSlotConsumer>(context);
                });
            }
        }
    }
}
