using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Chat;

internal static class ChatRegistration
{
    public static void AddChat(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<SseOptions>(configuration, SseOptions.SectionName);
        services.AddSingleton<ChatCompletions>();
    }
}
