namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>Sends an answer on as it comes, and keeps a copy up to a bound.</summary>
internal sealed class CopiedBody(Stream inner, int mostBytes) : Stream
{
    private readonly MemoryStream _copy = new();

    /// <summary>All of the answer; null where it is over the bound.</summary>
    public byte[]? Copy => IsTooLarge ? null : _copy.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    private bool IsTooLarge { get; set; }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Keep(buffer.Span);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Answers are written without blocking a thread.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written without blocking a thread.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (IsTooLarge || _copy.Length + bytes.Length > mostBytes)
        {
            IsTooLarge = true;
            _copy.SetLength(0);
            return;
        }

        _copy.Write(bytes);
    }
}
