using System.Buffers.Binary;
using System.Text;

namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>Reads the primitive fields of a frame; anything that does not fit the bytes at hand is refused.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public byte Byte() => Take(1)[0];

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number in a delta frame is longer than 64 bits.");
    }

    public int Int32()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw new InvalidDataException($"The number {value} in a delta frame is over 31 bits.");
    }

    public long Int64()
    {
        var value = Unsigned();
        return value <= long.MaxValue ? (long)value : throw new InvalidDataException($"The number {value} in a delta frame is over 63 bits.");
    }

    /// <summary>A count of items that take at least so many bytes each: a count that cannot be true allocates nothing.</summary>
    public int Count(int leastBytes)
    {
        var count = Int32();
        return (long)count * leastBytes <= rest.Length ? count : throw new InvalidDataException($"A delta frame promises {count} items but has {rest.Length} bytes left.");
    }

    public double Float64() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public Guid Guid() => new(Take(16));

    public string Text()
    {
        var length = Int32();
        return length == 0 ? "" : Encoding.UTF8.GetString(Take(length));
    }

    public void ExpectEnd()
    {
        if (rest.Length > 0)
        {
            throw new InvalidDataException($"A delta frame has {rest.Length} bytes behind its end.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw new InvalidDataException($"A delta frame ends {count - rest.Length} bytes too early.");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
