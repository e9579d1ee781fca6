using System.Text;
using LocalAI.Pipeline.ModelCatalogue.Yaml;

namespace LocalAI.Pipeline.ModelCatalogue.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Read_OfAliasesUponAliases_IsRefusedBeforeItGrows()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var thrown = Assert.Throws<YamlTextException>(() => YamlReader.Read(bomb.ToString()));
        Assert.Contains("counting those behind aliases", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(thrown.Line, 2, 6);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Read_OfDeepNesting_IsRefused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 5000)) + string.Concat(Enumerable.Repeat(close, 5000));
        Assert.Contains("deep", Assert.Throws<YamlTextException>(() => YamlReader.Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfBlockNestingByIndentation_IsRefused()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(depth => new string(' ', depth) + "a:\n"));
        Assert.Contains("deep", Assert.Throws<YamlTextException>(() => YamlReader.Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfManyValues_IsRefused() =>
        Assert.Throws<YamlTextException>(() => YamlReader.Read(string.Concat(Enumerable.Repeat("- 1\n", YamlReader.MaxValues + 1))));

    [Fact]
    public void Read_OfATag_CreatesNothing()
    {
        var map = Assert.IsType<YamlMap>(YamlReader.Read("a: !!System.Diagnostics.Process {x: 1}\nb: !!str 1"));
        Assert.IsType<YamlMap>(map.Entries[0].Value);
        Assert.False(Assert.IsType<YamlScalar>(map.Entries[1].Value).IsPlain);
    }

    [Fact]
    public void Read_OfLines_CountsFromOne()
    {
        var map = Assert.IsType<YamlMap>(YamlReader.Read("# first\na: 1\n\nb:\n  c: x\n"));
        Assert.Equal([2L, 4], map.Entries.Select(entry => (long)entry.Line));
        Assert.Equal(5, Assert.IsType<YamlMap>(map.Entries[1].Value).Entries[0].Line);
    }
}
