using System.Globalization;
using System.Text;

namespace LocalAI.Pipeline.Backends.Protocol.Wire;

/// <summary>The <c>grpc-message</c> trailer: UTF-8, percent-encoded outside printable ASCII.</summary>
internal static class StatusText
{
    /// <summary>Encoded, a message stays under the 8 KiB of headers that common gRPC clients take.</summary>
    public const int MostBytes = 2048;

    public static string Encode(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var length = Math.Min(bytes.Length, MostBytes);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
        {
            // Not inside a character.
            length--;
        }

        var encoded = new StringBuilder(length);
        foreach (var value in bytes.AsSpan(0, length))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }

    /// <summary>What is not well encoded stays as it is, as gRPC demands.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
