using System.Globalization;
using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Passes one call on: nothing before its name is known to be a tool's and its arguments have begun, then everything at once as it comes.</summary>
internal sealed class CallWriter(ParsedOutputBuilder output, IReadOnlySet<string> toolNames)
{
    private readonly StringBuilder _early = new();
    private string? _name;
    private bool _hasArguments;
    private bool _wroteArguments;

    /// <summary>The client has heard of this call; it can no longer become text.</summary>
    public bool IsCommitted { get; private set; }

    public bool HasName => _name is not null;

    /// <summary>False: the request has no such tool.</summary>
    public bool TryName(string name)
    {
        if (!toolNames.Contains(name)) return false;
        _name = name;
        if (_hasArguments) Commit();
        return true;
    }

    public void BeginArguments()
    {
        _hasArguments = true;
        if (_name is not null) Commit();
    }

    /// <summary>Text that came as JSON; a control character inside a string is written as the escape it should have been.</summary>
    public void AddRaw(char character, bool inString)
    {
        if (character < ' ' && inString)
            AddText(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
        else
            AddText(new ReadOnlySpan<char>(in character));
    }

    public void AddText(ReadOnlySpan<char> text)
    {
        _wroteArguments |= text.Length > 0;
        if (IsCommitted) output.AddArguments(text);
        else _early.Append(text);
    }

    /// <summary>A call without arguments still has the empty object, because clients parse the text.</summary>
    public void End()
    {
        if (!_wroteArguments) AddText("{}");
        if (!IsCommitted) Commit();
    }

    private void Commit()
    {
        IsCommitted = true;
        output.BeginCall(_name!);
        output.AddArguments(_early.ToString());
        _early.Clear();
    }
}
