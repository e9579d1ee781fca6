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

    public AccessKeys(IOptions<AccessOptions> options) => _keys = [.. options.Value.Keys.Select(Read)];

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

    private static (string Owner, byte[] Hash) Read(AccessKeyOptions key)
    {
        var hash = key.KeyHash is { } hex ? Convert.FromHexString(hex) : SHA256.HashData(Encoding.UTF8.GetBytes(key.Key!));
        return (key.Name ?? $"key-{Convert.ToHexStringLower(hash)[..PrefixDigits]}", hash);
    }
}
