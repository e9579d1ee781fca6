using System.Text;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Gathers what one piece of raw text adds; knows the tool calls of the whole generation by number.</summary>
internal sealed class ParsedOutputBuilder(Guid jobId)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _arguments = new();
    private List<ToolCallDelta>? _calls;
    private int _index = -1;
    private string? _newName;

    public bool HasToolCalls => _index >= 0;

    public void AddText(ReadOnlySpan<char> text) => _text.Append(text);

    public void AddReasoning(ReadOnlySpan<char> text) => _reasoning.Append(text);

    public void BeginCall(string name)
    {
        CloseDelta();
        _index++;
        _newName = name;
    }

    public void AddArguments(ReadOnlySpan<char> json) => _arguments.Append(json);

    public ParsedOutput Take()
    {
        CloseDelta();
        var output = new ParsedOutput(Drain(_text), Drain(_reasoning), _calls ?? (IReadOnlyList<ToolCallDelta>)[]);
        _calls = null;
        return output;
    }

    private void CloseDelta()
    {
        if (_newName is null && _arguments.Length == 0) return;
        (_calls ??= []).Add(new ToolCallDelta
        {
            Index = _index,
            Id = _newName is null ? null : ToolCallId.For(jobId, _index),
            Name = _newName,
            Arguments = Drain(_arguments),
        });
        _newName = null;
    }

    private static string Drain(StringBuilder builder)
    {
        if (builder.Length == 0) return "";
        var text = builder.ToString();
        builder.Clear();
        return text;
    }
}
