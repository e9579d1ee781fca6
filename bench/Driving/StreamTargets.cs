namespace LocalAI.Pipeline.Driving;

/// <summary>Makes targets from what is written on a command line.</summary>
public static class StreamTargets
{
    private const string BackendPrefix = "backend:";

    /// <summary>
    /// A base URL, or <c>backend:</c> and the address of a bare backend process (<c>unix:/path</c> or <c>host:port</c>).
    /// </summary>
    /// <exception cref="BenchException">It is neither.</exception>
    public static IStreamTarget Create(string text, string? apiKey, BackendModel model)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(BackendPrefix, StringComparison.Ordinal))
        {
            return new BackendTarget(text, text[BackendPrefix.Length..], model);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? new HttpTarget(text, apiKey)
            : throw new BenchException($"{text}: expected a base URL, or backend:unix:/path, or backend:host:port");
    }
}
