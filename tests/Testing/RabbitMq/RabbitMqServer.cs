using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Testing.RabbitMq;

/// <summary>
/// A real broker from Debian's package on free loopback ports, with its data in a temporary folder. It lives on a pipe of
/// this process: when the test program dies, however it does, the broker ends with it.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // epmd, which Erlang needs, is a child that dies with the broker; Erlang's own would stay behind as a daemon.
    private const string Script = "setpriv --pdeathsig KILL -- epmd -address 127.0.0.1 -port \"$ERL_EPMD_PORT\" </dev/null >/dev/null 2>&1 & exec " + Program;

    private static readonly Lazy<Task<RabbitMqServer>> Shared = new(StartNewAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("rabbitmq-test-").FullName;
    private readonly int _epmdPort = FreePort.Next();
    private readonly int _distributionPort = FreePort.Next();
    private Process? _process;
    private ErlangShell? _shell;
    private int _virtualHosts;

    private RabbitMqServer()
    {
    }

    /// <summary>Where it listens.</summary>
    public static string Host => "127.0.0.1";

    /// <summary>Its AMQP port, the same after a restart.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>
    /// The broker of this test program, started when first asked for. Never stop it: other tests run on it. Its assembly
    /// must have <c>[assembly: AssemblyFixture(typeof(RabbitMqLifetime))]</c>.
    /// </summary>
    public static Task<RabbitMqServer> SharedAsync() => Shared.Value;

    /// <summary>A broker for one test alone, which may stop and kill it.</summary>
    public static async Task<RabbitMqServer> StartNewAsync()
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException("RabbitMQ is missing: apt-get install rabbitmq-server (test.sh does it).");
        }

        var server = new RabbitMqServer();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again with the data it had.</summary>
    public async Task StartAsync()
    {
        await WriteConfigurationAsync();
        var process = Process.Start(StartInfo()) ?? throw new InvalidOperationException("bash did not start.");
        var shell = new ErlangShell(process.StandardInput);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, _shell) = (process, shell);
        await started.Task.OrTimeout("RabbitMQ to start");

        void Take(string? line)
        {
            if (line is null)
            {
                started.TrySetException(new InvalidOperationException($"RabbitMQ ended at its start:\n{string.Join('\n', output)}"));
                return;
            }

            shell.Read(line);
            if (!started.Task.IsCompleted)
            {
                lock (output)
                {
                    output.Add(line);
                }

                if (line.Contains("completed with", StringComparison.Ordinal))
                {
                    started.TrySetResult();
                }
            }
        }
    }

    /// <summary>A new virtual host with every permission for the user guest, so that tests never meet.</summary>
    public async Task<string> CreateVirtualHostAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _virtualHosts)}");
        await EvaluateAsync(
            $"begin rabbit_vhost:add(<<\"{name}\">>, <<\"test\">>), rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"test\">>) end",
            "ok");
        return name;
    }

    /// <summary>The settings of the section <c>Bus</c> for a virtual host here.</summary>
    public Dictionary<string, string?> SettingsFor(string virtualHost) => new()
    {
        ["Bus:Transport"] = "rabbitmq",
        ["Bus:Host"] = Host,
        ["Bus:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Bus:VirtualHost"] = virtualHost,
    };

    /// <summary>Evaluates an Erlang expression in the broker.</summary>
    public Task<string> EvaluateAsync(string expression) =>
        (_shell ?? throw new InvalidOperationException("RabbitMQ is not running.")).EvaluateAsync(expression);

    /// <summary>Writes the names of new queues to disk, which the broker otherwise holds back for seconds: a kill would lose them.</summary>
    public Task FlushAsync() => EvaluateAsync("begin mnesia:sync_log(), lists:foreach(fun dets:sync/1, dets:all()) end", "ok");

    /// <summary>Stops it in order, as an administrator would.</summary>
    public Task StopAsync() => EndAsync(PosixSignal.SIGTERM);

    /// <summary>Ends it at once, as a power failure would.</summary>
    public Task KillAsync() => EndAsync(null);

    /// <summary>Ends it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal static async ValueTask DisposeSharedAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    private async Task EvaluateAsync(string expression, string expected)
    {
        var answer = await EvaluateAsync(expression);
        Assert.True(answer == expected, $"{expression} answered {answer}");
    }

    private async Task EndAsync(PosixSignal? signal)
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
        {
            return;
        }

        _shell = null;
        using (process)
        {
            if (signal is null)
            {
                process.Kill();
            }
            else
            {
                using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync(TestTimeout.Token);
            }

            await process.WaitForExitAsync(TestTimeout.Token);
        }
    }

    private Task WriteConfigurationAsync() => File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), """
        loopback_users = none
        log.console = false
        log.file.level = warning
        # A generation may hold its command longer than the default half hour.
        consumer_timeout = 604800000
        """);

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("bash", ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = $"test{Port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = Host,
        ["RABBITMQ_NODE_PORT"] = $"{Port}",
        ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
        ["ERL_EPMD_ADDRESS"] = Host,
        ["ERL_EPMD_PORT"] = $"{_epmdPort}",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
        ["RABBITMQ_ALLOW_INPUT"] = "1",

        // No busy waiting: the machine has other work.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-start_epmd false +sbwt none +sbwtdcpu none +sbwtdio none",
    };
}
