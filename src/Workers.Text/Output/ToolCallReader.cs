using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Reads the calls that begin with one opening, a character at a time.</summary>
internal abstract class ToolCallReader(ParsedOutputBuilder output, IReadOnlySet<string> toolNames)
{
    private CallObjectReader? _object;

    /// <summary>What was read and has not become part of a call yet.</summary>
    public StringBuilder Held { get; } = new();

    /// <summary>A call was passed on, so the opening is used up.</summary>
    public bool HasCall { get; private set; }

    /// <summary>Held is only what may stand after a call, not the beginning of another.</summary>
    public bool IsAfterCall { get; private set; }

    public abstract ReaderStep Push(char character);

    protected bool InObject => _object is not null;

    protected CallWriter NewCall() => new(output, toolNames);

    protected void BeginObject(bool onlyCallKeys = false)
    {
        IsAfterCall = false;
        _object = new CallObjectReader(NewCall(), onlyCallKeys);
    }

    protected CallStep PushObject(char character)
    {
        var step = _object!.Push(character);
        if (step == CallStep.Broken) return step;
        Keep(character, _object.IsCommitted);
        if (step == CallStep.Done)
        {
            _object = null;
            IsAfterCall = true;
        }
        return step;
    }

    protected void Keep(char character, bool isCommitted)
    {
        if (!isCommitted)
        {
            Held.Append(character);
            return;
        }
        HasCall = true;
        Held.Clear();
    }
}
