using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The same job and index give the same id in every process, so a continued generation keeps its ids.</summary>
internal static class ToolCallId
{
    private const string Prefix = "call_";
    private const int Length = 24;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string For(Guid jobId, int index)
    {
        Span<byte> source = stackalloc byte[20];
        jobId.TryWriteBytes(source, bigEndian: true, out var written);
        BinaryPrimitives.WriteInt32BigEndian(source[written..], index);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);

        Span<char> id = stackalloc char[Prefix.Length + Length];
        Prefix.CopyTo(id);
        for (var i = 0; i < Length; i++)
            id[Prefix.Length + i] = Alphabet[hash[i] % Alphabet.Length];
        return new string(id);
    }
}
