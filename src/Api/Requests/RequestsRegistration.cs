using LocalAI.Pipeline.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Requests;

internal static class RequestsRegistration
{
    public static void AddRequests(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<RequestOptions>(configuration, RequestOptions.SectionName);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<RequestOptions>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.MaxBodyBytes;
        });

        // Before the configuration's own rules, which win: a line for each request would cost more than the request.
        services.Configure<LoggerFilterOptions>(filter => filter.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.AspNetCore", LogLevel.Warning, null)));
    }
}
