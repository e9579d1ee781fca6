using System.Buffers;
using System.Text;
using System.Text.Unicode;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Generations;

public sealed class Utf8StreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Append_TextCutAnywhere_GivesWholeCharactersOnly(int size)
    {
        const string text = "plain, ä, €, 𝄞 and 👩‍🚀";
        var stream = new Utf8Stream();
        var all = new StringBuilder();
        foreach (byte[] part in Encoding.UTF8.GetBytes(text).Chunk(size))
        {
            var output = new ArrayBufferWriter<byte>();
            stream.Append(part, output);
            Assert.True(Utf8.IsValid(output.WrittenSpan));
            all.Append(Encoding.UTF8.GetString(output.WrittenSpan));
        }

        Assert.Equal(text, all.ToString());
        Assert.Equal(0, stream.Pending);
    }

    [Theory]
    [InlineData(new byte[] { 0x41, 0xff, 0x42 }, "A\uFFFDB")]
    [InlineData(new byte[] { 0xe2, 0x82 }, "\uFFFD")]
    [InlineData(new byte[] { 0xc3, 0x28 }, "\uFFFD(")]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 }, "\uFFFD\uFFFD\uFFFD")]
    public void Append_BytesThatAreNoCharacter_BecomeReplacements(byte[] bytes, string expected)
    {
        for (int size = 1; size <= bytes.Length; size++)
        {
            var output = new ArrayBufferWriter<byte>();
            var stream = new Utf8Stream();
            foreach (byte[] part in bytes.Chunk(size))
                stream.Append(part, output);
            stream.End(output);

            Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }
}
