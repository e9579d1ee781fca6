namespace LocalAI.Pipeline.Settings;

/// <summary>Which settings are never shown.</summary>
internal static class Secrets
{
    /// <summary>More of a long value does not help whoever set it.</summary>
    private const int ShownCharacters = 80;

    /// <summary>A shorter value would be found inside ordinary words and make a message unreadable.</summary>
    private const int ShortestRedacted = 4;

    private static readonly string[] Words = ["password", "key", "secret", "token", "credential", "connectionstring"];

    /// <summary>Whether any part of a key's path names a secret.</summary>
    public static bool IsSecret(string path) =>
        path.Split(':').Any(part => Words.Any(word => part.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A value for a message: quoted, shortened, or hidden.</summary>
    public static string Shown(string path, string value)
    {
        var hidden = IsSecret(path) || (value.Contains("://", StringComparison.Ordinal) && value.Contains('@', StringComparison.Ordinal));
        if (hidden)
        {
            return "set (its value is not shown)";
        }

        var clean = string.Concat(value.Take(ShownCharacters).Select(c => char.IsControl(c) ? ' ' : c));
        return value.Length > ShownCharacters ? $"\"{clean}...\"" : $"\"{clean}\"";
    }

    /// <summary>A message without the secrets that were set.</summary>
    public static string Redact(string message, IEnumerable<string> secrets) =>
        secrets.Where(secret => secret.Length >= ShortestRedacted)
            .Aggregate(message, (text, secret) => text.Replace(secret, "(not shown)", StringComparison.Ordinal));
}
