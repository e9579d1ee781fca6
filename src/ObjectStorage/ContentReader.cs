using System.Security.Cryptography;

namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Reads a caller's stream in whole blocks, counting and hashing what comes.</summary>
internal sealed class ContentReader(Stream content) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes read so far.</summary>
    public long Length { get; private set; }

    /// <summary>What the caller's stream threw: not the store's doing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Fills the buffer; less comes at the content's end only.</summary>
    public async Task<int> ReadBlockAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            _hash.AppendData(buffer.Span[..read]);
            Length += read;
            return read;
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }

    /// <summary>What was read.</summary>
    public WrittenObject Finish(ObjectKey key) => new(key, Length, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();
}
