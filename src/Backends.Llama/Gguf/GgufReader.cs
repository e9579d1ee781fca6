using System.Buffers.Binary;
using System.Text;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Gguf;

/// <summary>
/// Reads the primitives of a GGUF file, each checked against what the file still holds, so that a length from a hostile header
/// can never cost more than the file is long.
/// </summary>
internal sealed class GgufReader(Stream file)
{
    private readonly byte[] _scratch = new byte[8];
    private readonly long _length = file.Length;

    internal long Position { get; private set; }

    internal long Left => _length - Position;

    internal uint UInt32()
    {
        Fill(4);
        return BinaryPrimitives.ReadUInt32LittleEndian(_scratch);
    }

    internal ulong UInt64()
    {
        Fill(8);
        return BinaryPrimitives.ReadUInt64LittleEndian(_scratch);
    }

    internal string Text(int limit, string what)
    {
        ulong length = UInt64();
        if (length > (ulong)limit)
            throw new InvalidModelException($"{what} at byte {Position} is {length} bytes long, more than {limit}");
        var bytes = new byte[(int)length];
        Require((long)length);
        file.ReadExactly(bytes);
        Position += (long)length;
        return Encoding.UTF8.GetString(bytes);
    }

    internal void SkipText() => Skip(UInt64());

    internal void Skip(ulong bytes)
    {
        if (bytes > (ulong)Left)
            throw Truncated(bytes);
        Position += (long)bytes;
        file.Seek(Position, SeekOrigin.Begin);
    }

    private void Fill(int bytes)
    {
        Require(bytes);
        file.ReadExactly(_scratch, 0, bytes);
        Position += bytes;
    }

    private void Require(long bytes)
    {
        if (bytes > Left)
            throw Truncated((ulong)bytes);
    }

    private InvalidModelException Truncated(ulong wanted)
        => new($"the file ends early: {wanted} bytes wanted at byte {Position}, {Left} left (is the download complete?)");
}
