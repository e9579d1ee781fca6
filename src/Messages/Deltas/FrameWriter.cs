using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>Writes the primitive fields of a frame and counts its bytes.</summary>
internal ref struct FrameWriter(IBufferWriter<byte> output)
{
    private const int LongestVarint = 10;

    public int Written { get; private set; }

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        Advance(1);
    }

    public void Unsigned(ulong value)
    {
        var span = output.GetSpan(LongestVarint);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        Advance(length);
    }

    public void Float64(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), value);
        Advance(8);
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(output.GetSpan(16));
        Advance(16);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length);
        if (length > 0)
        {
            Encoding.UTF8.GetBytes(value, output.GetSpan(length));
            Advance(length);
        }
    }

    private void Advance(int count)
    {
        output.Advance(count);
        Written += count;
    }
}
