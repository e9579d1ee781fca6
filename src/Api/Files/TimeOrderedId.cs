using System.Buffers;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>Ids whose order as text is the order in which they were made, to a millisecond (UUID version 7, RFC 9562).</summary>
internal static class TimeOrderedId
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string New(string prefix, DateTimeOffset now) => prefix + Guid.CreateVersion7(now).ToString("N");

    /// <summary>Whether a text could be such an id: anything else need not be looked for.</summary>
    public static bool Is(string id, string prefix) => id.Length == prefix.Length + 32 && id.StartsWith(prefix, StringComparison.Ordinal) && id.AsSpan(prefix.Length).IndexOfAnyExcept(Digits) < 0;
}
