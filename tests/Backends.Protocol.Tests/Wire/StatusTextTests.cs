using System.Text;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Wire;

public sealed class StatusTextTests
{
    [Theory]
    [InlineData("plain text, 100 of it", "plain text, 100 of it")]
    [InlineData("100%", "100%25")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    [InlineData("größe", "gr%C3%B6%C3%9Fe")]
    [InlineData("🙂", "%F0%9F%99%82")]
    public void Encode_AnyText_IsPrintableAsciiAndComesBack(string text, string encoded)
    {
        Assert.Equal(encoded, StatusText.Encode(text));
        Assert.Equal(text, StatusText.Decode(encoded));
    }

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    public void Decode_BadlyEncoded_StaysAsItIs(string encoded, string text) => Assert.Equal(text, StatusText.Decode(encoded));

    [Fact]
    public void Encode_LongText_IsCutBetweenCharacters()
    {
        var decoded = StatusText.Decode(StatusText.Encode("a" + new string('ö', 5000)));
        Assert.InRange(Encoding.UTF8.GetByteCount(decoded), StatusText.MostBytes - 1, StatusText.MostBytes);
        Assert.EndsWith("ö", decoded, StringComparison.Ordinal);
    }
}
