using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Media;

/// <summary>What bytes are, by how they begin; what a caller or a server says of them does not count.</summary>
internal static class MediaTypes
{
    /// <summary>The media type, or null for what no backend can be expected to read.</summary>
    public static string? Of(MediaKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        MediaKind.Image => Image(bytes),
        MediaKind.Audio => Audio(bytes),
        _ => Video(bytes),
    };

    /// <summary>For messages to people.</summary>
    public static string Names(MediaKind kind) => kind switch
    {
        MediaKind.Image => "PNG, JPEG, GIF, WebP or BMP",
        MediaKind.Audio => "WAV, MP3, FLAC or Ogg",
        _ => "MP4 or WebM",
    };

    private static string? Image(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "image/jpeg"
        : bytes.StartsWith("GIF8"u8) ? "image/gif"
        : IsRiff(bytes, "WEBP"u8) ? "image/webp"
        : bytes.StartsWith("BM"u8) ? "image/bmp"
        : null;

    private static string? Audio(ReadOnlySpan<byte> bytes) =>
        IsRiff(bytes, "WAVE"u8) ? "audio/wav"
        : bytes.StartsWith("ID3"u8) || (bytes.Length > 1 && bytes[0] == 0xff && (bytes[1] & 0xe0) == 0xe0) ? "audio/mpeg"
        : bytes.StartsWith("fLaC"u8) ? "audio/flac"
        : bytes.StartsWith("OggS"u8) ? "audio/ogg"
        : null;

    private static string? Video(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) ? "video/mp4"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x1a, 0x45, 0xdf, 0xa3]) ? "video/webm"
        : null;

    private static bool IsRiff(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> form) => bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual(form);
}
