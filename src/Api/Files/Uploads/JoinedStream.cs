using System.Security.Cryptography;
using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>Reads several objects as one, and knows the MD5 of what it has read: clients of uploads check with it.</summary>
internal sealed class JoinedStream(IReadOnlyList<string> parts, Func<string, CancellationToken, Task<ObjectContent?>> open) : Stream
{
#pragma warning disable CA5351 // The protocol's checksum against damage on the way; nothing is trusted because of it.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
    private ObjectContent? _current;
    private int _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The MD5 of all, in lower-case hexadecimal, once it was read to its end.</summary>
    public string Md5() => Convert.ToHexStringLower(_md5.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_current is not null || _next < parts.Count)
        {
            _current ??= await open(parts[_next++], cancellationToken) ?? throw new ObjectStoreException(ObjectStoreFailure.Unavailable, $"The content of {parts[_next - 1]} is missing.");
            var read = await _current.Content.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                _md5.AppendData(buffer.Span[..read]);
                return read;
            }

            await _current.DisposeAsync();
            _current = null;
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Objects are read without blocking a thread.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        _md5.Dispose();
        if (_current is not null)
        {
            await _current.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
