namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Keeps an answer's body in memory, up to a bound.</summary>
internal sealed class BoundedBody(int mostBytes) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Check(count);
        return base.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    private void Check(int count)
    {
        if (Length + count > mostBytes)
        {
            throw new Errors.ApiException(new Errors.ApiError(
                500, Errors.ApiErrorTypes.Server, "answer_too_large", $"The answer has over {mostBytes} bytes (Batches:MaxAnswerBytes): ask for less in one request."));
        }
    }
}
