namespace LocalAI.Pipeline.ChatTemplates;

/// <summary>
/// A template that cannot be read or rendered: a syntax error, a failed operation, a breached limit,
/// or the template's own <c>raise_exception</c>.
/// </summary>
public sealed class ChatTemplateException(string message, int line, int column, bool isRaised = false)
    : Exception(message)
{
    /// <summary>Line in the template's source, from 1; 0 where the fault has no place in it.</summary>
    public int Line { get; } = line;

    /// <summary>Column in that line, from 1; 0 where the fault has no place.</summary>
    public int Column { get; } = column;

    /// <summary>
    /// True when the template refused the conversation by calling <c>raise_exception</c>: the message is the
    /// template author's wording, and the fault is the caller's.
    /// </summary>
    public bool IsRaised { get; } = isRaised;

    internal ChatTemplateException(string message, Position at, bool isRaised = false)
        : this(message, at.Line, at.Column, isRaised)
    {
    }
}
