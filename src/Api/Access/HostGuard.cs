using System.Net;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>
/// Protects a server without keys from web pages in its users' browsers: pages whose own name was pointed at this address
/// (DNS rebinding) show in the Host header, other pages in the Origin header. An address as a host is no such name.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, AccessKeys keys, AllowedHosts allowed, IConfiguration configuration)
{
    private const string Localhost = "localhost";

    private readonly HashSet<string> _bound = new(BoundNames(configuration), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (keys.AreRequired || allowed.AreAll || context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            return next(context);
        }

        var request = context.Request;
        if (!IsOurs(request.Host.Host))
        {
            return Refuse(context, $"This server has no API keys, so it does not answer to the host name '{Shown.Short(request.Host.Host)}'");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsOwnPage(request.Host, origin)
            ? next(context)
            : Refuse(context, $"This server has no API keys, so pages of '{Shown.Short(origin)}' may not call it");
    }

    private static Task Refuse(HttpContext context, string reason) => ErrorResponse.WriteAsync(context, new ApiError(
        403, ApiErrorTypes.Permission, "host_not_allowed", $"{reason}: add the name to Access:AllowedHosts, or configure Access:Keys."));

    /// <summary>Names in the addresses that this server was told to listen on.</summary>
    private static IEnumerable<string> BoundNames(IConfiguration configuration) =>
        (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => BindingAddress.Parse(url).Host).Where(host => host is not ("*" or "+"));

    private bool IsOurs(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || _bound.Contains(host)
        || allowed.Contains(host);

    private bool IsOwnPage(HostString host, string origin) =>
        (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase))
        || allowed.HasPagesOf(origin);
}
