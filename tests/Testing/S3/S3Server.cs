using System.Diagnostics;
using System.Globalization;

namespace LocalAI.Pipeline.Testing.S3;

/// <summary>
/// A real S3 server from Debian's packages, Ceph's gateway, on free loopback ports with its data in memory. It lives on a pipe of
/// this process: when the test program dies, however it does, all of its programs end with it.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private static readonly Lazy<Task<S3Server>> Shared = new(StartNewAsync);

    // Ceph waits for each of its writes to reach the disk: in memory that takes no time on a busy machine either.
    private const string MemoryFolder = "/dev/shm";

    // Three daemons that make their data first: 13 s on a quiet machine, a minute and more beside other tests.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.Exists(MemoryFolder)
        ? Directory.CreateDirectory(Path.Combine(MemoryFolder, $"s3-test-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("s3-test-").FullName;
    private readonly int _monitorPort = FreePort.Next();
    private Process? _process;
    private int _buckets;

    private S3Server()
    {
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>
    /// The server of this test program, started when first asked for (some 12 s). Its assembly must have
    /// <c>[assembly: AssemblyFixture(typeof(S3Lifetime))]</c>.
    /// </summary>
    public static Task<S3Server> SharedAsync() => Shared.Value;

    /// <summary>A name for a bucket that no other test has; whoever uses it first makes it.</summary>
    public string NextBucket() => string.Create(CultureInfo.InvariantCulture, $"bucket-{Interlocked.Increment(ref _buckets)}");

    /// <summary>The settings of the section <c>Objects</c> for a bucket here.</summary>
    public Dictionary<string, string?> SettingsFor(string bucket) => new()
    {
        ["Objects:Store"] = "s3",
        ["Objects:S3:Endpoint"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"),
        ["Objects:S3:Bucket"] = bucket,
        ["Objects:S3:AccessKey"] = "test",
        ["Objects:S3:SecretKey"] = "testsecret",
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.StandardInput.Close();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestTimeout.Token);
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    internal static async ValueTask DisposeSharedAsync()
    {
        if (Shared.IsValueCreated && Shared.Value.IsCompletedSuccessfully)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    private static async Task<S3Server> StartNewAsync()
    {
        if (!File.Exists("/usr/bin/radosgw"))
        {
            throw new InvalidOperationException("Ceph's S3 gateway is missing: apt-get install radosgw ceph-mon ceph-osd ceph-common (test.sh does it).");
        }

        var server = new S3Server();
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        foreach (var name in (string[])["mon", "osd", "rgw"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "ceph.conf"), CephFiles.Configuration(_folder, _monitorPort, Port));
        _process = Process.Start(new ProcessStartInfo("bash", ["-c", CephFiles.Script, "bash", _folder, $"{_monitorPort}", $"{Port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("bash did not start.");
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await started.Task.OrTimeout("Ceph's S3 gateway to start", StartTimeout);

        void Keep(string line)
        {
            lock (output)
            {
                output.Add(line);
            }
        }

        void Take(string? line)
        {
            if (line is null)
            {
                lock (output)
                {
                    started.TrySetException(new InvalidOperationException($"Ceph's S3 gateway did not start:\n{string.Join('\n', output)}"));
                }
            }
            else if (line == "S3 is ready")
            {
                started.TrySetResult();
            }
            else
            {
                Keep(line);
            }
        }
    }
}
