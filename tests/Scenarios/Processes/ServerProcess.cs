using System.Diagnostics;
using System.Threading.Channels;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>One of our hosts as a real process on a port of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    // A process that writes more than this is looping; the oldest lines are dropped.
    private const int KeptLines = 2000;

    private readonly Process process;
    private readonly Queue<string> lines = new();
    private readonly Channel<string> unread = Channel.CreateUnbounded<string>();
    private DirectoryInfo? ownData;

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => unread.Writer.TryComplete();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens; null for a process that was not waited for.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public int Id => process.Id;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What it wrote, for the message of a test that fails.</summary>
    public string Output
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Starts a project of src and waits until it listens. Without a database in its settings it gets a file of its own.</summary>
    public static async Task<ServerProcess> StartAsync(string project, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = RepositoryRoot.Find() };
        start.ArgumentList.Add(Executables.Of(project));
        foreach (var (key, value) in settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        var data = settings.Keys.Any(key => key.StartsWith("Database:", StringComparison.Ordinal)) || project.StartsWith("Workers.", StringComparison.Ordinal)
            ? null
            : Directory.CreateTempSubdirectory("scenario-data-");
        if (data is not null)
        {
            start.ArgumentList.Add($"--Database:File={Path.Combine(data.FullName, "pipeline.db")}");
        }

        var server = new ServerProcess(Process.Start(start)!) { ownData = data };
        var line = await server.WaitForLineAsync(text => text.Contains(Listening, StringComparison.Ordinal), cancellationToken);
        server.Address = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());

        // A client that leaves really leaves: by default .NET reads on for two seconds before it closes.
        server.Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero, MaxResponseDrainSize = 0 }) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2) };
        return server;
    }

    /// <summary>Waits until <c>/readyz</c> says that requests can be served.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var answer = await Client.GetAsync("/readyz", cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            Assert.False(process.HasExited, Output);
            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The next line that fits; lines before it are passed over.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> fits, CancellationToken cancellationToken)
    {
        await foreach (var line in unread.Reader.ReadAllAsync(cancellationToken))
        {
            if (fits(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The process ended with code {process.ExitCode} before it wrote the line.\n{Output}");
    }

    /// <summary>SIGKILL, to this process alone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await Signals.SendAsync(process.Id, "TERM", cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                await StopAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Client?.Dispose();
        process.Dispose();
        ownData?.Delete(recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }

        unread.Writer.TryWrite(line);
    }
}
