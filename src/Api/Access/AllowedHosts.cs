using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>The host names of <c>Access:AllowedHosts</c>.</summary>
internal sealed class AllowedHosts(IOptions<AccessOptions> options)
{
    private readonly HashSet<string> _names = new(options.Value.AllowedHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether every name is allowed.</summary>
    public bool AreAll => _names.Contains("*");

    public bool Contains(string host) => AreAll || _names.Contains(host);

    /// <summary>Whether pages of that origin (<c>https://host:port</c>) may call this server and read its answers.</summary>
    public bool HasPagesOf(string origin) => AreAll || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && _names.Contains(page.Host));
}
