using System.Buffers;
using System.Text;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Generations;

public sealed class StopScannerTests
{
    [Theory]
    [InlineData("Hello world", "o w", "Hell", "o w")]
    [InlineData("aabaab", "aab", "", "aab")]
    [InlineData("aaab", "aab", "a", "aab")]
    [InlineData("no stop here", "zzz", "no stop here", null)]
    [InlineData("ends in a par", "part", "ends in a par", null)]
    public void Append_AnySplitOfTheText_ShowsWhatComesBeforeTheStop(string text, string stop, string shown, string? found)
    {
        for (int size = 1; size <= text.Length; size++)
        {
            (string output, string? stopped) = Run(text, size, stop);

            Assert.Equal(shown, output);
            Assert.Equal(found, stopped);
        }
    }

    [Fact]
    public void Append_SeveralStops_TheFirstInTheTextWins()
    {
        (string output, string? stopped) = Run("one two three", 1, "three", "two", "four");

        Assert.Equal("one ", output);
        Assert.Equal("two", stopped);
    }

    [Fact]
    public void Append_RandomTextAndStopsTakenFromIt_NeverShowsAPartOfTheStop()
    {
        var random = new Random(20261127);
        for (int round = 0; round < 2000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => "abä€"[random.Next(4)]));
            int start = random.Next(text.Length);
            string stop = text.Substring(start, random.Next(1, Math.Min(6, text.Length - start) + 1));

            (string output, string? stopped) = Run(text, random.Next(1, 5), stop);

            Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], output);
            Assert.Equal(stop, stopped);
        }
    }

    [Fact]
    public void Append_TextThatCannotBecomeAStop_IsShownAtOnce()
    {
        var output = new ArrayBufferWriter<byte>();
        var scanner = new StopScanner(["stop"]);

        scanner.Append("abcs"u8, output);

        Assert.Equal("abc", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("I wi", "ll stop", "will", "", "will")]
    [InlineData("I wi", "sh", "will", "sh", null)]
    [InlineData("no threat", " at all", "will", " at all", null)]
    [InlineData("I w", "", "will", "", null)]
    public void Continue_TextThatWasShownBefore_IsSearchedButNotShownAgain(string before, string after, string stop, string shown, string? found)
    {
        var output = new ArrayBufferWriter<byte>();
        var scanner = new StopScanner([stop]);
        scanner.Continue(before);
        foreach (char letter in after)
            scanner.Append(Encoding.UTF8.GetBytes([letter]), output);
        scanner.End(output);

        Assert.Equal(shown, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(found, scanner.Found);
    }

    private static (string Output, string? Found) Run(string text, int size, params string[] stops)
    {
        var output = new ArrayBufferWriter<byte>();
        var scanner = new StopScanner(stops);
        foreach (char[] part in text.Chunk(size))
            scanner.Append(Encoding.UTF8.GetBytes(part), output);
        scanner.End(output);
        return (Encoding.UTF8.GetString(output.WrittenSpan), scanner.Found);
    }
}
