using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Adapters;
using LocalAI.Pipeline.Api.Anthropic;
using LocalAI.Pipeline.Api.Batches;
using LocalAI.Pipeline.Api.Batches.Messages;
using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Completions;
using LocalAI.Pipeline.Api.Conversations;
using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Edits;
using LocalAI.Pipeline.Api.Embeddings;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Files.Uploads;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Health;
using LocalAI.Pipeline.Api.Hubs;
using LocalAI.Pipeline.Api.Idempotency;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Limits;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Metrics;
using LocalAI.Pipeline.Api.ModelList;
using LocalAI.Pipeline.Api.Ollama;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Reranking;
using LocalAI.Pipeline.Api.Responses;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Api.WarmUp;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LocalAI.Pipeline.Api;

/// <summary>Adds the HTTP front door to a process.</summary>
public static class ApiRegistration
{
    /// <summary>Adds all features. The bus is not among them: <c>AddPipelineBus</c> follows, after the workers of a process that has some.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddModelCatalogue(configuration);
        services.AddHostedService<CatalogueAtStart>();
        services.AddPersistence(configuration);
        services.AddFiles(configuration);
        services.AddAccess(configuration);
        services.AddLimits();
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<QueueMetrics>();
        services.AddRequests(configuration);
        services.AddFleet(configuration);
        services.AddAdapters();
        services.AddJobs(configuration);
        services.AddRelay(configuration);
        services.AddDurableJobs(configuration);
        services.AddMedia(configuration);
        services.AddTokens();
        services.AddChat(configuration);
        services.AddCompletions();
        services.AddEdits();
        services.AddEmbeddings();
        services.AddReranking();
        services.AddConversations();
        services.AddResponses(configuration);
        services.AddAnthropic();
        services.AddLlamaCpp();
        services.AddOllama();
        services.AddBatches(configuration);
        services.AddIdempotency(configuration);
        services.AddHubs(configuration);
        services.AddWarmUp();
        return services;
    }

    /// <summary>Maps all endpoints, and what every request passes on its way to them.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // It must listen before the first measurement.
        _ = app.Services.GetRequiredService<MetricsCollector>();
        app.UseMiddleware<RequestMetricsMiddleware>();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseAccess();
        app.UseLimits();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapChatCompletions();
        app.MapCompletions();
        app.MapEdits();
        app.MapEmbeddings();
        app.MapReranking();
        app.MapTokens();
        app.MapResponses();
        app.MapConversations();
        app.MapMessages();
        app.MapMessageBatches();
        app.MapLlamaCpp();
        app.MapOllama();
        app.MapFiles();
        app.MapUploads();
        app.MapBatches();
        app.MapModelList();
        app.MapHealth();
        app.MapMetrics();
        app.MapGenerationHub();
        return app;
    }
}
