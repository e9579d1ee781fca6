using System.Text;
using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

public sealed class SplitInvarianceTests
{
    private const int Rounds = 400;

    private static readonly string[] Fragments =
    [
        "<think>", "</think>", "<tool_call>", "</tool_call>", "[TOOL_CALLS]", "<|python_tag|>", "[ARGS]", "[CALL_ID]", "\n", "\n\n", " ", ";", "<", "[",
        "{\"name\":\"add\",\"arguments\":{\"a\":1}}", "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Paris \\\"x\\\"\"}}",
        "{\"arguments\":\"{\\\"a\\\":\\\"\\\\u00e9\\\"}\",\"name\":\"add\"}", "{\"name\":\"unknown\",\"arguments\":{}}", "{\"tool_calls\":[", "]}", "]", "}", "{",
        ",", "\"", "\\", "add", "{\"name\":\"add\",\"arg", "null", "12", "text", "\U0001F600", "\0", "<tool_", "</thi", "[{", "\ud800",
    ];

    public static TheoryData<string> Formats => [.. Enum.GetNames<ToolCallFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Feed_AnySplitOfTheSameText_GivesTheSame(string format)
    {
        var random = new Random(4711);
        for (var round = 0; round < Rounds; round++)
        {
            var options = Parsing.Options(Enum.Parse<ToolCallFormat>(format)) with { StartsInReasoning = random.Next(4) == 0 };
            var raw = Hostile(random);
            var whole = Parsing.Pieces(options, [raw]).Describe();

            Assert.Equal(whole, Parsing.Characters(options, raw).Describe());
            for (var split = 0; split < 4; split++)
                Assert.Equal(whole, Parsing.Pieces(options, Split(raw, random)).Describe());
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Feed_PrefixInANewParser_GoesOnAsTheOldOne(string format)
    {
        var random = new Random(815);
        for (var round = 0; round < Rounds; round++)
        {
            var options = Parsing.Options(Enum.Parse<ToolCallFormat>(format));
            var raw = Hostile(random);
            var cut = random.Next(raw.Length + 1);

            var old = new OutputParser(options);
            foreach (var piece in Split(raw[..cut], random)) old.Feed(piece);
            var continued = new OutputParser(options);
            continued.Feed(raw[..cut]);

            Assert.Equal(old.IsReasoning, continued.IsReasoning);
            Assert.Equal(Deltas(old.Feed(raw[cut..])), Deltas(continued.Feed(raw[cut..])));
            Assert.Equal(Deltas(old.End()), Deltas(continued.End()));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Feed_RandomCharacters_NeverThrows(string format)
    {
        const string alphabet = "<>[]{}|/\"\\:;, \ntool_callthinkTOOL_CALLSnameargumentsadd0-.eu\u00e9";
        var random = new Random(99);
        for (var round = 0; round < Rounds; round++)
        {
            var raw = string.Create(random.Next(300), random, (span, source) =>
            {
                foreach (ref var character in span) character = alphabet[source.Next(alphabet.Length)];
            });
            var options = Parsing.Options(Enum.Parse<ToolCallFormat>(format));

            Assert.Equal(Parsing.Pieces(options, [raw]).Describe(), Parsing.Characters(options, raw).Describe());
        }
    }

    private static string Deltas(ParsedOutput output) => $"{output.Text}|{output.Reasoning}|{string.Join('|', output.ToolCalls)}";

    private static string Hostile(Random random)
    {
        var raw = new StringBuilder();
        for (var i = random.Next(1, 14); i > 0; i--) raw.Append(Fragments[random.Next(Fragments.Length)]);
        return raw.ToString();
    }

    private static List<string> Split(string raw, Random random)
    {
        var pieces = new List<string>();
        for (var start = 0; start < raw.Length;)
        {
            var length = Math.Min(random.Next(9), raw.Length - start);
            pieces.Add(raw.Substring(start, length));
            start += length;
        }
        return pieces;
    }
}
