namespace LocalAI.Pipeline.Api.Batches.Output;

/// <summary>Lines that are made one after another, as a stream.</summary>
internal sealed class LinesStream(IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken) : Stream
{
    private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> _lines = lines.GetAsyncEnumerator(cancellationToken);
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!await _lines.MoveNextAsync())
            {
                return 0;
            }

            _rest = _lines.Current;
        }

        var count = Math.Min(_rest.Length, buffer.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Lines are made without blocking a thread.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
        await base.DisposeAsync();
    }
}
