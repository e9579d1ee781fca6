using System.Buffers.Binary;
using System.Text;

namespace LocalAI.Pipeline.Testing.Gguf;

/// <summary>The bytes that GGUF files are made of.</summary>
public static class GgufBuilder
{
    public const uint UInt32Type = 4;
    public const uint Float32Type = 6;
    public const uint StringType = 8;

    public static byte[] Header(uint version, ulong tensors, ulong keys) => [.. "GGUF"u8, .. U32(version), .. U64(tensors), .. U64(keys)];

    public static byte[] Key(string name, uint type) => [.. Text(name), .. U32(type)];

    public static byte[] Text(string text) => [.. U64((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] F32(float value) => U32(BitConverter.SingleToUInt32Bits(value));

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] U64(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
