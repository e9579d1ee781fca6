using System.Security.Cryptography;

namespace LocalAI.Pipeline.ObjectStorage.Tests.Harness;

/// <summary>Content of any length that is never in memory; byte n is a function of n. It may fail or wait at some point.</summary>
internal sealed class PatternStream(long length, int atOnce = 64 * 1024) : Stream
{
    private long _position;

    /// <summary>Thrown when the given position is reached.</summary>
    public (long Position, Exception Failure)? FailsAt { get; init; }

    /// <summary>Waited for when half of the content has been read.</summary>
    public Task Middle { get; init; } = Task.CompletedTask;

    /// <summary>Set when half of the content has been read.</summary>
    public TaskCompletionSource IsInMiddle { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static byte At(long position) => (byte)((position * 2654435761L >> 13) ^ position);

    public static string HashOf(long length)
    {
        var bytes = new byte[length];
        for (var i = 0L; i < length; i++)
        {
            bytes[i] = At(i);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (FailsAt is { } failing && _position >= failing.Position)
        {
            throw failing.Failure;
        }

        if (_position >= length / 2)
        {
            IsInMiddle.TrySetResult();
            await Middle.WaitAsync(cancellationToken);
        }

        var read = (int)Math.Min(Math.Min(buffer.Length, atOnce), length - _position);
        for (var i = 0; i < read; i++)
        {
            buffer.Span[i] = At(_position + i);
        }

        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
