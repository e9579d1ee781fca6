using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Testing.Logs;

/// <summary>One line that the code under test logged.</summary>
public sealed record LogEntry(LogLevel Level, string Category, EventId Id, string Message, Exception? Exception)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Level} {Category}[{Id.Id}]: {Message}{(Exception is null ? "" : Environment.NewLine + Exception)}";
}
