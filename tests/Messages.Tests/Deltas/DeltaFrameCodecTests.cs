using System.Buffers;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Messages.Tests.Deltas;

public sealed class DeltaFrameCodecTests
{
    [Fact]
    public void Write_EveryField_ReadsTheSameFrame()
    {
        var frame = Frames.Full();

        var read = DeltaFrameCodec.Read(Bytes(frame));

        Assert.Equivalent(frame, read, strict: true);
    }

    [Fact]
    public void Write_RandomFrames_ReadTheSame()
    {
        var random = new Random(20261127);
        for (var round = 0; round < 500; round++)
        {
            var frame = Frames.Random(random);
            Assert.Equivalent(frame, DeltaFrameCodec.Read(Bytes(frame)), strict: true);
        }
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        var bytes = Bytes(Frames.Full());
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes.AsSpan(0, length).ToArray();
            Assert.Throws<InvalidDataException>(() => DeltaFrameCodec.Read(cut));
        }
    }

    [Fact]
    public void Read_BytesBehindTheEnd_AreRefused() =>
        Assert.Throws<InvalidDataException>(() => DeltaFrameCodec.Read([.. Bytes(Frames.Full()), 0]));

    [Fact]
    public void Read_UnknownVersion_NamesBothVersions()
    {
        var bytes = Bytes(Frames.Full());
        bytes[0] = 9;

        var refusal = Assert.Throws<InvalidDataException>(() => DeltaFrameCodec.Read(bytes));

        Assert.Contains("version 9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("known: 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomDamage_IsReadOrRefusedButNeverAnythingElse()
    {
        var random = new Random(7);
        var whole = Bytes(Frames.Full());
        var refused = 0;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = whole.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                DeltaFrameCodec.Read(bytes);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 4999);
    }

    [Fact]
    public void Read_ACountThatCannotBeTrue_IsRefusedBeforeAnythingIsAllocated()
    {
        // Version, two empty texts, then a promise of 2^31 - 1 jobs and no byte of them.
        byte[] bytes = [1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07];

        var refusal = Assert.Throws<InvalidDataException>(() => DeltaFrameCodec.Read(bytes));

        Assert.Contains("promises", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OverTheLimit_IsRefused()
    {
        var frame = Frames.Full() with { WorkerId = new string('x', DeltaFrameCodec.MaximumBytes) };

        Assert.Throws<InvalidOperationException>(() => Bytes(frame));
    }

    private static byte[] Bytes(DeltaFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        DeltaFrameCodec.Write(frame, output);
        return output.WrittenSpan.ToArray();
    }
}
