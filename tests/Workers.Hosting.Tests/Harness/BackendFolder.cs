using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Harness;

/// <summary>A folder with a backend <c>fake</c> as LocalAI's are found, and everything that runs it. Its processes run in it, so that /proc tells which they are.</summary>
internal sealed class BackendFolder : IDisposable
{
    public const string FakeBackend = "exec dotnet '{0}' \"$@\"";

    private readonly string _root = Directory.CreateTempSubdirectory("backends-").FullName;

    /// <param name="script">What <c>run.sh</c> does; each start of it is counted.</param>
    public BackendFolder(string script = FakeBackend)
    {
        Directory.CreateDirectory(Home);
        var path = Path.Combine(Home, "run.sh");
        File.WriteAllText(path, $"#!/bin/sh\necho start >>starts\n{script.Replace("{0}", Executables.Of("FakeBackend"), StringComparison.Ordinal)}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Options = new BackendOptions { Folder = _root, StartTimeout = TestTimeout.Duration, RestartDelay = TimeSpan.Zero };
    }

    public BackendOptions Options { get; }

    public LogCollector Logs { get; } = new();

    /// <summary>How often the script was started.</summary>
    public int Starts => File.Exists(Path.Combine(Home, "starts")) ? File.ReadAllLines(Path.Combine(Home, "starts")).Length : 0;

    private string Home => Path.Combine(_root, "fake");

    /// <summary>A path that a test creates to let the backend go on.</summary>
    public string Signal => Path.Combine(_root, "signal");

    public ModelDefinition Model(string name = "fake", params string[] options) =>
        new() { Name = name, Backend = "fake", Model = name, ModelFile = Path.Combine(_root, name), Source = $"{name}.yaml", Options = options };

    public BackendSupervisor Supervise(ModelDefinition model, TimeProvider? time = null)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        return new BackendSupervisor(model, new BackendLocator(options, []), options, time ?? TimeProvider.System, Logs.CreateLogger<BackendSupervisor>());
    }

    public BackendPool Pool(TimeProvider? time = null) => new(model => Supervise(model), Microsoft.Extensions.Options.Options.Create(Options), time ?? TimeProvider.System);

    /// <summary>The processes of this folder that run now: shells, backends and what those started.</summary>
    public IReadOnlyList<int> Processes() =>
        [.. Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => int.TryParse(name, out _)).Where(IsHere)
            .Select(name => int.Parse(name, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>The backend itself: the one that is no shell.</summary>
    public int Backend() => Assert.Single(Processes(), id => File.ReadAllText($"/proc/{id}/cmdline").Contains("FakeBackend", StringComparison.Ordinal));

    /// <summary>Waits until so many of this folder's processes are left.</summary>
    public async Task WaitForProcessesAsync(int count, Action? betweenLooks = null)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Processes().Count != count)
        {
            betweenLooks?.Invoke();
            await poll.WaitForNextTickAsync(TestTimeout.Token);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // A process that ends while it is looked at has no folder, and is none of ours.
    private bool IsHere(string id)
    {
        try
        {
            return Directory.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName == Home;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
