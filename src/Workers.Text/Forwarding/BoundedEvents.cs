namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>Passes a server's stream of events on, and breaks off where one event is longer than a bound: its reader keeps an event as a whole.</summary>
internal sealed class BoundedEvents(Stream inner, int longest) : Stream
{
    private int _length;
    private bool _isLineEmpty = true;
    private bool _isAfterReturn;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">An event is too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        foreach (var value in buffer.Span[..read])
        {
            Count(value);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // An empty line ends an event; lines end with CR, LF or both (HTML Standard, server-sent events).
    private void Count(byte value)
    {
        if (value == '\n' && _isAfterReturn)
        {
            _isAfterReturn = false;
            return;
        }

        _isAfterReturn = value == '\r';
        var isLineEnd = _isAfterReturn || value == '\n';
        _length = isLineEnd && _isLineEmpty ? 0 : _length + 1;
        _isLineEmpty = isLineEnd;
        if (_length > longest)
        {
            throw new InvalidDataException($"one event has more than {longest} bytes");
        }
    }
}
