using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>OpenAI's <c>system_fingerprint</c>: changes when the same seed may give another text, which here is a new release or another model.</summary>
internal static class SystemFingerprint
{
    // 40 bits tell releases apart.
    private const int Digits = 10;

    private static readonly string Version = typeof(SystemFingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    // Names come from the catalogue, which bounds them.
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string model) => Known.GetOrAdd(model, static name =>
        $"fp_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version} {name}")))[..Digits]}");
}
