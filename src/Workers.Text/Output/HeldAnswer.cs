using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Keeps an answer back until its end, where its calls are looked for. One that grows too long is text, and streams on as it comes.</summary>
internal sealed class HeldAnswer(CallPatterns patterns, IReadOnlySet<string> toolNames, TextFlow flow, ParsedOutputBuilder output)
{
    private readonly StringBuilder _held = new();
    private bool _isReleased;

    public void Add(ReadOnlySpan<char> text)
    {
        if (!_isReleased && _held.Length + text.Length <= OutputLimits.HeldBack)
        {
            _held.Append(text);
            return;
        }

        Release();
        flow.AddText(text);
    }

    public void End()
    {
        if (_isReleased)
        {
            return;
        }

        var (text, calls) = patterns.Read(_held.ToString(), toolNames);
        _held.Clear().Append(text);
        Release();
        foreach (var (name, arguments) in calls)
        {
            flow.PassCall();
            output.BeginCall(name);
            output.AddArguments(arguments);
        }
    }

    private void Release()
    {
        flow.AddText(_held.ToString());
        _held.Clear();
        _isReleased = true;
    }
}
