using System.Text;

namespace LocalAI.Pipeline.ObjectStorage.Folder;

/// <summary>
/// What follows an object's bytes in its file: the content type, its length in one byte, and a mark. In the same file, because two
/// files cannot be renamed at once.
/// </summary>
internal static class ObjectTrailer
{
    private const int FixedLength = 9;

    private static ReadOnlySpan<byte> Mark => "LAIPobj1"u8;

    public static byte[] Of(string contentType)
    {
        var type = Encoding.UTF8.GetBytes(contentType);
        return type.Length <= byte.MaxValue
            ? [.. type, (byte)type.Length, .. Mark]
            : throw new ArgumentException("A content type has at most 255 bytes.", nameof(contentType));
    }

    /// <summary>The bytes before the trailer, and the content type.</summary>
    /// <exception cref="InvalidDataException">Something else wrote the file.</exception>
    public static async Task<(long Length, string ContentType)> ReadAsync(FileStream file, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(file.Length, FixedLength + byte.MaxValue)];
        file.Seek(-tail.Length, SeekOrigin.End);
        await file.ReadExactlyAsync(tail, cancellationToken);
        var typeLength = tail.Length >= FixedLength && tail.AsSpan()[^Mark.Length..].SequenceEqual(Mark) ? tail[^FixedLength] : int.MaxValue;
        return typeLength <= tail.Length - FixedLength
            ? (file.Length - FixedLength - typeLength, Encoding.UTF8.GetString(tail.AsSpan(tail.Length - FixedLength - typeLength, typeLength)))
            : throw new InvalidDataException($"{file.Name} is no object of this store.");
    }
}
