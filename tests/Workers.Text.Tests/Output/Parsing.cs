using System.Text;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Tests.Output;

/// <summary>A whole answer put together again from its pieces.</summary>
internal sealed class Parsing
{
    public static readonly Guid Job = new("8f5d7f0e-3a8c-4c1b-9d7a-0f6a3c2b1e4d");
    private static readonly FunctionSettings Named = new() { ResponseRegex = [@"<function=(?<name>\w+)>(?<arguments>.*)</function>"] };
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<(string Id, string Name, StringBuilder Arguments)> _calls = [];

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    public IReadOnlyList<(string Id, string Name, string Arguments)> Calls => [.. _calls.Select(call => (call.Id, call.Name, call.Arguments.ToString()))];

    public static OutputParserOptions Options(ToolCallFormat format) =>
        new() { JobId = Job, ToolFormat = format, ToolNames = ["get_weather", "add"], Patterns = CallPatterns.Of(Named) };

    public static Parsing Whole(ToolCallFormat format, string raw) => Pieces(Options(format), [raw]);

    /// <summary>Each character a piece of its own, as the least that a backend can send.</summary>
    public static Parsing Characters(OutputParserOptions options, string raw) => Pieces(options, raw.Select(character => character.ToString()));

    public static Parsing Pieces(OutputParserOptions options, IEnumerable<string> pieces)
    {
        var parser = new OutputParser(options);
        var result = new Parsing();
        foreach (var piece in pieces) result.Add(parser.Feed(piece));
        result.Add(parser.End());
        Assert.Equal(result._calls.Count > 0, parser.HasToolCalls);
        return result;
    }

    public void Add(ParsedOutput output)
    {
        _text.Append(output.Text);
        _reasoning.Append(output.Reasoning);
        foreach (var delta in output.ToolCalls) Add(delta);
    }

    public string Describe() => $"{Text}|{Reasoning}|{string.Join('|', Calls)}";

    private void Add(ToolCallDelta delta)
    {
        if (delta.Name is not null)
        {
            Assert.Equal(_calls.Count, delta.Index);
            _calls.Add((delta.Id!, delta.Name, new StringBuilder()));
        }
        Assert.Equal(_calls.Count - 1, delta.Index);
        _calls[delta.Index].Arguments.Append(delta.Arguments);
    }
}
