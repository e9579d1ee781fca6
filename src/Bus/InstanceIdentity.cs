using System.Globalization;
using System.Security.Cryptography;

namespace LocalAI.Pipeline.Bus;

/// <summary>This process among all of a deployment: part of its queues' names and of its messages. New at each start.</summary>
public sealed record InstanceIdentity(string Id)
{
    // A host name may be 253 characters; a queue's name at most 255 bytes.
    private const int HostCharacters = 40;

    /// <summary>Machine, process id and four random bytes, of letters, digits and '-' only.</summary>
    public static InstanceIdentity Create()
    {
        var host = string.Concat(Environment.MachineName.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(HostCharacters));
        var chance = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        return new InstanceIdentity(string.Create(CultureInfo.InvariantCulture, $"{host}-{Environment.ProcessId}-{chance}"));
    }
}
