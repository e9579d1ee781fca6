using System.Text;
using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Batches;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\r\nb", "1:a\r|2:b")]
    [InlineData("\n \n\t\r\na\n\n", "4:a")]
    [InlineData("\ufeffa\nb", "1:a|2:b")]
    [InlineData("123456789\nb", "1:too long|2:b")]
    [InlineData("a\n123456789", "1:a|2:too long")]
    [InlineData("12345678\n", "1:12345678")]
    public async Task Lines_AreThoseOfTheText_HoweverItComes(string text, string expected)
    {
        foreach (var atOnce in (int[])[1, 2, 3, 100])
        {
            using var content = new Slices(Encoding.UTF8.GetBytes(text), atOnce);
            var lines = new List<string>();
            await foreach (var line in LineSplitter.ReadAsync(content, 8, TestTimeout.Token))
            {
                lines.Add($"{line.Number}:{(line.IsTooLong ? "too long" : Encoding.UTF8.GetString(line.Bytes.Span))}");
            }

            Assert.Equal(expected, string.Join('|', lines));
        }
    }

    private sealed class Slices(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(atOnce, buffer.Length)], cancellationToken);
    }
}
