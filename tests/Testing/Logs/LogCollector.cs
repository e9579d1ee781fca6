using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Testing.Logs;

/// <summary>
/// Records what is logged, lets a test wait for an entry, and fails the test for an error that it did not expect. Add it
/// with <c>builder.AddProvider(collector)</c>, or take loggers from it directly.
/// </summary>
public sealed class LogCollector : ILoggerProvider, ILoggerFactory
{
    private readonly Lock _gate = new();
    private readonly List<LogEntry> _entries = [];
    private readonly List<(Func<LogEntry, bool> Wanted, TaskCompletionSource<LogEntry> Found)> _waiting = [];

    /// <summary>All entries so far, in order.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>A logger that writes here.</summary>
    public ILogger CreateLogger(string categoryName) => new CollectingLogger(this, categoryName);

    /// <summary>The first entry that matches, already logged or yet to come.</summary>
    public Task<LogEntry> WaitForAsync(Func<LogEntry, bool> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        lock (_gate)
        {
            if (_entries.FirstOrDefault(wanted) is { } entry)
            {
                return Task.FromResult(entry);
            }

            var found = new TaskCompletionSource<LogEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, found));
            return found.Task.OrTimeout("a log entry");
        }
    }

    /// <summary>Fails the test when anything was logged at <see cref="LogLevel.Error"/> or above, except what is expected.</summary>
    public void AssertNoErrors(Func<LogEntry, bool>? expected = null)
    {
        var errors = Entries.Where(e => e.Level >= LogLevel.Error && expected?.Invoke(e) != true).ToList();
        if (errors.Count > 0)
        {
            Assert.Fail($"Unexpected errors were logged:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
        }
    }

    /// <summary>Nothing to add: this is the only provider.</summary>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A LogCollector has no other providers: add it to a logging builder instead.");

    /// <summary>Entries stay readable after the container is gone.</summary>
    public void Dispose()
    {
    }

    private void Add(LogEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            _waiting.RemoveAll(waiting => waiting.Wanted(entry) && waiting.Found.TrySetResult(entry));
        }
    }

    private sealed class CollectingLogger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            collector.Add(new LogEntry(logLevel, category, eventId, formatter(state, exception), exception));
    }
}
