using System.Text;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Keeps an answer's body in memory, up to a bound.</summary>
internal sealed class BoundedBody(int mostBytes) : Stream
{
    private readonly MemoryStream _kept = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public string Text() => Encoding.UTF8.GetString(_kept.GetBuffer().AsSpan(0, (int)_kept.Length));

    /// <summary>Nothing of what was written counts.</summary>
    public override void SetLength(long value) => _kept.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_kept.Length + buffer.Length > mostBytes)
        {
            // The error takes the answer's place.
            _kept.SetLength(0);
            throw new ApiException(new ApiError(500, ApiErrorTypes.Server, "answer_too_large", $"The answer has over {mostBytes} bytes (Batches:MaxAnswerBytes): ask for less in one request."));
        }

        _kept.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
}
