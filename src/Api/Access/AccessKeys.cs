using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>The configured keys as hashes.</summary>
internal sealed class AccessKeys
{
    /// <summary>Who owns what is done without a key.</summary>
    public const string Anonymous = "anonymous";

    // Enough to tell keys apart, far too little to find one.
    private const int PrefixDigits = 12;

    private readonly (string Owner, byte[] Hash)[] _keys;
    private readonly Dictionary<string, KeyLimitsOptions> _limits = new(StringComparer.Ordinal);
    private readonly KeyLimitsOptions _defaultLimits;

    public AccessKeys(IOptions<AccessOptions> options)
    {
        _defaultLimits = options.Value.DefaultLimits;
        _keys = [.. options.Value.Keys.Select(Read)];
        foreach (var ((owner, _), key) in _keys.Zip(options.Value.Keys))
        {
            _limits[owner] = key.Limits ?? _defaultLimits;
        }
    }

    /// <summary>Whether a key is asked for.</summary>
    public bool AreRequired => _keys.Length > 0;

    /// <summary>Whose key it is, or null. Takes the same time whatever part of it is right.</summary>
    public string? OwnerOf(string presented)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);
        string? owner = null;
        foreach (var (name, known) in _keys)
        {
            owner = CryptographicOperations.FixedTimeEquals(hash, known) ? name : owner;
        }

        return owner;
    }

    /// <summary>What an owner's key may use.</summary>
    public KeyLimitsOptions LimitsOf(string owner) => _limits.GetValueOrDefault(owner, _defaultLimits);

    private static (string Owner, byte[] Hash) Read(AccessKeyOptions key)
    {
        var hash = key.KeyHash is { } hex ? Convert.FromHexString(hex) : SHA256.HashData(Encoding.UTF8.GetBytes(key.Key!));
        return (key.Name ?? $"key-{Convert.ToHexStringLower(hash)[..PrefixDigits]}", hash);
    }
}
