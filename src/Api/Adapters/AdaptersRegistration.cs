namespace LocalAI.Pipeline.Api.Adapters;

internal static class AdaptersRegistration
{
    public static void AddAdapters(this IServiceCollection services) => services.AddSingleton<AdapterScales>();
}
