using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>
/// The name of an object: parts of lower-case letters, digits, <c>_</c> and <c>-</c>, joined by <c>/</c>. No part can mean a
/// parent folder, and two keys never differ in case alone, so a key is a path on every file system. <see cref="ObjectKeys"/> makes
/// all that are used.
/// </summary>
public sealed partial record ObjectKey
{
    /// <summary>Under what file systems take for one name.</summary>
    private const int LongestPart = 100;

    /// <summary>Under S3's 1024 bytes.</summary>
    private const int MostParts = 8;

    private ObjectKey(string value) => Value = value;

    /// <summary>The whole key, such as <c>files/file-1</c>.</summary>
    public string Value { get; }

    /// <summary>A key of some parts.</summary>
    /// <exception cref="ArgumentException">A part is no part of a key.</exception>
    public static ObjectKey Of(params IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count is > 0 and <= MostParts && parts.All(IsPart)
            ? new ObjectKey(string.Join('/', parts))
            : throw new ArgumentException("A key has 1 to 8 parts of 1 to 100 lower-case letters, digits, '_' and '-'.", nameof(parts));
    }

    /// <summary>Reads a key as a store lists it; null when it is none of ours.</summary>
    public static ObjectKey? TryParse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = value.Split('/');
        return parts.Length <= MostParts && parts.All(IsPart) ? new ObjectKey(value) : null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    private static bool IsPart(string part) => part.Length <= LongestPart && Part().IsMatch(part);

    [GeneratedRegex(@"\A[a-z0-9_-]+\z")]
    private static partial Regex Part();
}
