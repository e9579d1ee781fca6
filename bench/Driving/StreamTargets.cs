namespace LocalAI.Pipeline.Driving;

/// <summary>Makes targets from what is written on a command line.</summary>
public static class StreamTargets
{
    /// <summary>The target of a base URL.</summary>
    /// <exception cref="BenchException">It is none.</exception>
    public static IStreamTarget Create(string text, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? new HttpTarget(text, apiKey)
            : throw new BenchException($"{text}: expected a base URL");
    }
}
