using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>
/// Reads an object in pieces, each with a request of its own: a batch may take hours to read its input, and no server keeps an answer
/// open for so long.
/// </summary>
internal sealed class RangedStream(IObjectStore store, ObjectKey key) : Stream
{
    // Thousands of ordinary lines, and nothing beside a line that is being answered.
    private const int PieceBytes = 1024 * 1024;

    private readonly byte[] _piece = new byte[PieceBytes];
    private Memory<byte> _rest;
    private long _offset;
    private bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="BatchInputGoneException">The object is not there any more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && !_isAtEnd)
        {
            await FetchAsync(cancellationToken);
        }

        var count = Math.Min(_rest.Length, buffer.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Objects are read without blocking a thread.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        await using var content = await store.OpenAsync(key, _offset, PieceBytes, cancellationToken) ?? throw new BatchInputGoneException();
        var read = await content.Content.ReadAtLeastAsync(_piece, PieceBytes, throwOnEndOfStream: false, cancellationToken);
        _offset += read;
        _rest = _piece.AsMemory(0, read);
        _isAtEnd = _offset >= content.TotalLength;
    }
}
