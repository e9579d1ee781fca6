using System.Buffers.Text;
using System.Text;

namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>
/// The texts of <c>encrypted_content</c>: opaque to callers, who keep them and send them back. They hide nothing, because
/// whoever gets them may read what is in them anyway; so any instance reads them without a key.
/// </summary>
internal static class SealedText
{
    private const string Mark = "lp1_";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Seal(string text) => Mark + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <returns>Null where it is not one of ours.</returns>
    public static string? Open(string content)
    {
        if (!content.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(content.AsSpan(Mark.Length)));
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
