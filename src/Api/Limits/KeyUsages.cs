using System.Collections.Concurrent;
using LocalAI.Pipeline.Api.Access;

namespace LocalAI.Pipeline.Api.Limits;

/// <summary>The usage of every key; as many as are configured, and one for callers without a key.</summary>
internal sealed class KeyUsages(AccessKeys keys, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, KeyUsage> _usages = new(StringComparer.Ordinal);

    public KeyUsage Of(string owner) =>
        _usages.GetOrAdd(owner, static (name, own) => new KeyUsage(own.Keys.LimitsOf(name), own.Time), (Keys: keys, Time: time));
}
