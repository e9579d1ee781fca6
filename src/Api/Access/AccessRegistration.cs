using LocalAI.Pipeline.Settings;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace LocalAI.Pipeline.Api.Access;

internal static class AccessRegistration
{
    // A page's browser asks once for each address and method; the answer changes with this server's settings only.
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<AccessOptions>(configuration, AccessOptions.SectionName);
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<AllowedHosts>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<AllowedHosts>((cors, hosts) => cors.AddDefaultPolicy(policy => AllowPages(policy, hosts)));
    }

    /// <summary>Who may call at all, which pages may read the answers, and whose key it is. A browser asks for permission without a key.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
        app.UseMiddleware<HostGuard>();
        app.UseCors();
        app.UseMiddleware<AccessMiddleware>();
    }

    private static void AllowPages(CorsPolicyBuilder policy, AllowedHosts hosts) => policy
        .SetIsOriginAllowed(hosts.HasPagesOf)
        .AllowAnyMethod()
        .AllowAnyHeader()
        // SignalR's client asks for it by itself. No cookie means anything here, so nothing is given away with it.
        .AllowCredentials()
        .WithExposedHeaders("X-Request-Id", "Retry-After")
        .SetPreflightMaxAge(PreflightAge);
}
