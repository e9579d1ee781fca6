namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>The last lines that a process wrote to its standard error, for the message when it dies.</summary>
internal sealed class ErrorTail
{
    // Enough for a native engine's complaint or the end of a stack trace.
    private const int Lines = 20;
    private const int LineCharacters = 500;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line.Length > LineCharacters ? line[..LineCharacters] : line);
            if (_lines.Count > Lines)
            {
                _lines.Dequeue();
            }
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return _lines.Count == 0 ? "it wrote nothing" : string.Join(" | ", _lines);
        }
    }
}
