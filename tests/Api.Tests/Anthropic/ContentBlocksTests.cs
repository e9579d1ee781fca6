using System.Text;
using LocalAI.Pipeline.Api.Anthropic;
using LocalAI.Pipeline.Api.Anthropic.Writing;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Tests.Anthropic;

public sealed class ContentBlocksTests
{
    private readonly Transcript _transcript = new();
    private readonly ContentBlocks _blocks;

    public ContentBlocksTests() =>
        _blocks = new ContentBlocks(new MessageHead(RelayBench.Command(), MessagesRequestReaderTests.Read("""{"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""")), _transcript);

    [Fact]
    public void Add_WhiteSpaceBetweenThoughtAndText_BeginsNoBlock()
    {
        Add(reasoning: "\n");
        Add(reasoning: "hm");
        Add(reasoning: "m");
        Add(text: "\n");
        Add(text: "\nso");
        _blocks.End();

        Assert.Equal("0 Thinking[\nhm|m|] signed, 1 Text[\n\nso|]", _transcript.ToString());
    }

    [Fact]
    public void Add_WhiteSpaceBeforeACallAndAtTheEnd_IsLeftOut()
    {
        Add(text: " ");
        Call(0, "a", "f", "{}");
        Add(text: "\n");
        Call(1, "b", "g", "");
        Add(text: "\n");
        _blocks.End();

        Assert.Equal("0 ToolUse a f[{}|], 1 ToolUse b g[]", _transcript.ToString());
    }

    [Fact]
    public void Add_NothingAtAll_GivesNoBlock()
    {
        Add();
        Add(text: " ");
        _blocks.End();

        Assert.Equal("", _transcript.ToString());
    }

    [Fact]
    public void Add_SameThought_HasTheSameSignatureHoweverItCame()
    {
        Add(reasoning: "one");
        Add(text: "x", reasoning: "");
        Add(reasoning: "o");
        Add(reasoning: "ne");
        Add(text: "x");
        Add(reasoning: "two");
        _blocks.End();

        Assert.Equal(3, _transcript.Signatures.Count);
        Assert.Equal(_transcript.Signatures[0], _transcript.Signatures[1]);
        Assert.NotEqual(_transcript.Signatures[0], _transcript.Signatures[2]);
    }

    [Fact]
    public void Add_PieceOfACallThatEnded_IsTheBackendsError()
    {
        Call(0, "a", "f", "{");
        Call(1, "b", "g", "{}");

        Assert.Equal((502, "backend_error"), Refused(() => Call(0, null, null, "}")));
    }

    [Fact]
    public void Add_PieceOfACallBehindText_IsTheBackendsError()
    {
        Call(0, "a", "f", "{");
        Add(text: "x");

        Assert.Equal((502, "backend_error"), Refused(() => Call(0, null, null, "}")));
    }

    private static (int Status, string Code) Refused(Action action)
    {
        var error = Assert.Throws<ApiException>(action).Error;
        return (error.Status, error.Code);
    }

    private void Add(string text = "", string reasoning = "") => _blocks.Add(new GenerationDelta { Sequence = 0, Text = text, Reasoning = reasoning });

    private void Call(int index, string? id, string? name, string arguments) =>
        _blocks.Add(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = index, Id = id, Name = name, Arguments = arguments }] });

    private sealed class Transcript : IContentOutput
    {
        private readonly StringBuilder _text = new();

        public List<string> Signatures { get; } = [];

        public void Start(ContentBlock block) =>
            _text.Append(_text.Length > 0 ? ", " : "").Append($"{block.Index} {block.Kind}{(block.Kind == BlockKind.ToolUse ? $" {block.Id} {block.Name}" : "")}[");

        public void Append(ContentBlock block, string text) => _text.Append(text).Append('|');

        public void Stop(ContentBlock block, string? signature)
        {
            _text.Append(signature is null ? "]" : "] signed");
            if (signature is not null)
            {
                Signatures.Add(signature);
            }
        }

        public override string ToString() => _text.ToString();
    }
}
