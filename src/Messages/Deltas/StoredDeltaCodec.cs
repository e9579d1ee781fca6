using System.Buffers;

namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>The bytes of one <see cref="GenerationDelta"/> by itself, for the log of durable jobs: a version byte, then as in a frame.</summary>
public static class StoredDeltaCodec
{
    private const byte Version = 1;

    /// <summary>The bytes of a delta.</summary>
    public static byte[] Write(GenerationDelta delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var output = new ArrayBufferWriter<byte>(64);
        var writer = new FrameWriter(output);
        writer.Byte(Version);
        DeltaCodec.Write(ref writer, delta);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The delta that the bytes stand for.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a delta of a version that is known here.</exception>
    public static GenerationDelta Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FrameReader(bytes);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new InvalidDataException($"Stored delta version {version} is not known here (known: {Version}): run the API of the release that wrote it, or a newer one.");
        }

        var delta = DeltaCodec.Read(ref reader);
        reader.ExpectEnd();
        return delta;
    }
}
