using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Media;

internal static class MediaRegistration
{
    public static void AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<MediaOptions>(configuration, MediaOptions.SectionName);
        services.AddSingleton<LinkDownloads>();
        services.AddSingleton<MessageMedia>();
    }
}
