using System.Diagnostics;
using System.Globalization;

namespace LocalAI.Pipeline.Testing.PostgreSql;

/// <summary>
/// A real PostgreSQL from Debian's package on a free loopback port, with its data in a temporary folder. It lives on a pipe
/// of this process: when the test program dies, however it does, the server ends with it.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    // The shell's input comes from the test program alone: its end ends the server at once.
    private const string Script = "\"$@\" </dev/null & server=$!; { read -r _; kill -QUIT $server; } <&0 & reader=$!; wait $server; kill $reader 2>/dev/null";

    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(StartNewAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-test-").FullName;
    private Process? _process;
    private int _databases;

    private PostgreSqlServer()
    {
    }

    /// <summary>Its port, the same after a restart.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>
    /// The server of this test program, started when first asked for. Never stop it: other tests run on it. Its assembly
    /// must have <c>[assembly: AssemblyFixture(typeof(PostgreSqlLifetime))]</c>.
    /// </summary>
    public static Task<PostgreSqlServer> SharedAsync() => Shared.Value;

    /// <summary>A server for one test alone, which may stop it.</summary>
    public static async Task<PostgreSqlServer> StartNewAsync()
    {
        if (!File.Exists(Path.Combine(Programs, "postgres")))
        {
            throw new InvalidOperationException("PostgreSQL is missing: apt-get install postgresql-15 (test.sh does it).");
        }

        var server = new PostgreSqlServer();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "nobody", server._folder);
        }

        await RunAsync(AsUser("initdb", "-D", server.Files, "-U", "app", "-A", "trust", "-N", "-E", "UTF8", "--locale=C"));
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again with the data it had.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };

        // A test machine's power failure costs nothing.
        string[] server = AsUser(
            "postgres", "-D", Files, "-p", string.Create(CultureInfo.InvariantCulture, $"{Port}"), "-k", _folder, "-F",
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "full_page_writes=off", "-c", "autovacuum=off");
        foreach (var argument in (string[])["-c", Script, "postgres-of-test", .. server])
        {
            start.ArgumentList.Add(argument);
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                started.TrySetException(new InvalidOperationException("PostgreSQL ended at its start."));
            }
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                started.TrySetResult();
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _process = process;
        await started.Task.OrTimeout("PostgreSQL to start");
    }

    /// <summary>A new empty database; returns Npgsql's connection string.</summary>
    /// <param name="template">The name of a database to copy, to which nobody is connected.</param>
    public async Task<string> CreateDatabaseAsync(string template = "template0")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await RunAsync(Path.Combine(Programs, "createdb"), "-h", "127.0.0.1", "-p", string.Create(CultureInfo.InvariantCulture, $"{Port}"), "-U", "app", "-T", template, name);
        return ConnectionString(name);
    }

    /// <summary>Npgsql's connection string for a database here.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username=app");

    /// <summary>Ends it at once, as a power failure would; it keeps its data.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestTimeout.Token);
            process.Dispose();
        }
    }

    /// <summary>Ends it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal static async ValueTask DisposeSharedAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    private string Files => Path.Combine(_folder, "data");

    // PostgreSQL refuses to run as root.
    private static string[] AsUser(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs, program), .. arguments];
        return Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. command] : command;
    }

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var errors = process.StandardError.ReadToEndAsync(TestTimeout.Token);
        await process.StandardOutput.ReadToEndAsync(TestTimeout.Token);
        await process.WaitForExitAsync(TestTimeout.Token);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}: {await errors}");
    }
}
