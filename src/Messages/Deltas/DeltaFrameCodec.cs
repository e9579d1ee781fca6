using System.Buffers;

namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>
/// The bytes of a <see cref="DeltaFrame"/>: a version byte, then fields in a fixed order; integers are LEB128 varints,
/// texts are UTF-8 behind their length, absent parts are bits of a flag byte. A frame travels once per decode step, so it
/// avoids the envelope and the garbage of a bus message.
/// </summary>
public static class DeltaFrameCodec
{
    /// <summary>Largest frame in bytes that is read or written: far over a step of hundreds of jobs, far under what hurts a broker.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    private const byte Version = 1;

    /// <summary>Writes a frame.</summary>
    /// <exception cref="InvalidOperationException">The frame is over <see cref="MaximumBytes"/>.</exception>
    public static void Write(DeltaFrame frame, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var writer = new FrameWriter(output);
        writer.Byte(Version);
        writer.Text(frame.WorkerId);
        writer.Text(frame.InstanceId);
        writer.Unsigned((ulong)frame.Alive.Count);
        foreach (var job in frame.Alive)
        {
            writer.Guid(job);
        }

        writer.Unsigned((ulong)frame.Entries.Count);
        foreach (var entry in frame.Entries)
        {
            writer.Guid(entry.JobId);
            writer.Unsigned((ulong)entry.Attempt);
            DeltaCodec.Write(ref writer, entry.Delta);
        }

        if (writer.Written > MaximumBytes)
        {
            throw new InvalidOperationException($"A delta frame of {writer.Written} bytes is over the limit of {MaximumBytes}: send fewer deltas in one frame.");
        }
    }

    /// <summary>Reads a frame.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a frame of a version that is known here.</exception>
    public static DeltaFrame Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
        {
            throw new InvalidDataException($"A delta frame of {bytes.Length} bytes is over the limit of {MaximumBytes}.");
        }

        var reader = new FrameReader(bytes);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new InvalidDataException($"Delta frame version {version} is not known here (known: {Version}): run workers and API of one release.");
        }

        var worker = reader.Text();
        var instance = reader.Text();
        var alive = new Guid[reader.Count(16)];
        for (var i = 0; i < alive.Length; i++)
        {
            alive[i] = reader.Guid();
        }

        var entries = new DeltaFrameEntry[reader.Count(18)];
        for (var i = 0; i < entries.Length; i++)
        {
            var job = reader.Guid();
            entries[i] = new DeltaFrameEntry { JobId = job, Attempt = reader.Int32(), Delta = DeltaCodec.Read(ref reader) };
        }

        reader.ExpectEnd();
        return new DeltaFrame { WorkerId = worker, InstanceId = instance, Entries = entries, Alive = alive };
    }
}
