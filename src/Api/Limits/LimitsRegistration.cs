namespace LocalAI.Pipeline.Api.Limits;

internal static class LimitsRegistration
{
    public static void AddLimits(this IServiceCollection services) => services.AddSingleton<KeyUsages>();

    /// <summary>After access: whose limits they are.</summary>
    public static void UseLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimitHeaders>();
}
