using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>
/// What the engine says about the memory it takes. Its C interface tells the weights' size only; buffer sizes are in its log
/// ("CPU KV buffer size = 12.00 MiB"). Should its wording change, entries are missing, nothing else.
/// </summary>
internal sealed partial class MemoryReport
{
    private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);

    /// <summary>Bytes by kind: kv, compute, output, recurrent.</summary>
    internal IReadOnlyDictionary<string, long> Bytes => _bytes;

    internal void Read(string line)
    {
        Match match = BufferSize().Match(line);
        if (!match.Success || !double.TryParse(match.Groups["size"].ValueSpan, CultureInfo.InvariantCulture, out double mebibytes))
            return;
        string kind = match.Groups["kind"].Value switch
        {
            "KV" => "kv",
            "RS" => "recurrent",
            var other => other,
        };
        _bytes[kind] = _bytes.GetValueOrDefault(kind) + (long)(mebibytes * 1024 * 1024);
    }

    [GeneratedRegex(@"(?<kind>KV|RS|compute|output)\s+buffer size\s*=\s*(?<size>[0-9.]+) MiB", RegexOptions.CultureInvariant)]
    private static partial Regex BufferSize();
}
