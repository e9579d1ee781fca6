using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>One backend: a child process, a connection to one that runs elsewhere, or a service of this process.</summary>
internal sealed class BackendProcess : IAsyncDisposable
{
    // The exit of a process, and the last that it wrote, are seen a moment after its connection breaks.
    private static readonly TimeSpan ExitNotice = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan HealthPoll = TimeSpan.FromMilliseconds(25);

    private readonly Process? _process;
    private readonly string? _socketFolder;
    private readonly ErrorTail _errors = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BackendOptions _options;
    private HangWatch? _hangWatch;
    private (BackendServer Server, BackendService Service)? _hosted;

    private BackendProcess(BackendClient client, BackendOptions options, Process? process, string? socketFolder)
    {
        Client = client;
        _options = options;
        _process = process;
        _socketFolder = socketFolder;
        if (process is not null)
        {
            Watch(process);
        }
    }

    public BackendClient Client { get; }

    /// <summary>Completes when the process is gone; for one that runs elsewhere, when it was given up.</summary>
    public Task Exited => _exited.Task;

    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>It was not started from here.</summary>
    public bool IsElsewhere => _process is null;

    /// <summary>Null for one that runs elsewhere.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Starts (or connects to) a backend and waits until it is healthy.</summary>
    /// <exception cref="JobFailedException">It did not become healthy in time, or ended.</exception>
    public static async Task<BackendProcess> StartAsync(string name, BackendLocation location, BackendOptions options, CancellationToken cancellationToken)
    {
        var backend = location.Command is { } command ? Launch(command, options)
            : location.Hosted is { } hosted ? await HostAsync(hosted, options, cancellationToken)
            : new BackendProcess(new BackendClient(location.Address!), options, null, null);
        try
        {
            await backend.WaitUntilHealthyAsync(name, cancellationToken);
            return backend;
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// After a broken call: what the process complained about at last when it is gone, after a moment for its end; null when it
    /// lives, and only the connection broke.
    /// </summary>
    public async Task<string?> LastWordsAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Also waits for the end of its output.
            await (_process?.WaitForExitAsync(cancellationToken) ?? Exited).WaitAsync(ExitNotice, cancellationToken);
        }
        catch (TimeoutException) when (!HasExited)
        {
            return null;
        }
        catch (TimeoutException)
        {
            // It is gone, and something that it started still holds its output.
        }

        await Exited.WaitAsync(cancellationToken);
        return _errors.ToString();
    }

    /// <summary>From now on it is watched, until it is disposed.</summary>
    public void EndWhenItHangs(HangWatch watch)
    {
        _hangWatch = watch;
        watch.Start();
    }

    /// <summary>Ends it at once, with everything that it started. One that runs elsewhere is left, and its calls break.</summary>
    public async ValueTask KillAsync()
    {
        if (_process is null)
        {
            _exited.TrySetResult();
            await Client.DisposeAsync();
        }
        else if (!HasExited)
        {
            try
            {
                _process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException) when (_process.HasExited)
            {
                // It ended by itself meanwhile, which is what was wanted.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (_hangWatch is { } watch)
        {
            await watch.DisposeAsync();
        }

        if (_process is not null)
        {
            // Whoever watches its standard input ends now, also the shell's reader of a backend that is already dead.
            _process.StandardInput.Close();
            // A backend has nothing to save: its outputs are complete when its calls return.
            await KillAsync();
            await Exited;
            _process.Dispose();
        }

        if (_hosted is { } hosted)
        {
            await hosted.Server.DisposeAsync();
            (hosted.Service as IDisposable)?.Dispose();
        }

        if (_socketFolder is not null && Directory.Exists(_socketFolder))
        {
            Directory.Delete(_socketFolder, recursive: true);
        }
    }

    private static async Task<BackendProcess> HostAsync(HostedBackend hosted, BackendOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("backend-").FullName;
        var service = hosted.Create();
        var server = await BackendServer.StartAsync(BackendAddress.ForSocket(Path.Combine(folder, "s")), service, cancellationToken: cancellationToken);
        return new BackendProcess(new BackendClient(server.Address, BackendClientOptions.OwnBackend), options, null, folder) { _hosted = (server, service) };
    }

    private static BackendProcess Launch(BackendCommand command, BackendOptions options)
    {
        var socketFolder = command.IsOurs ? Directory.CreateTempSubdirectory("backend-").FullName : null;
        var address = socketFolder is null
            ? BackendAddress.ForTcp("127.0.0.1", LoopbackPort.Free())
            : BackendAddress.ForSocket(Path.Combine(socketFolder, "s"));
        var start = new ProcessStartInfo(command.FileName)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] more = command.IsOurs
            ? ["--addr", address.ToString(), "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]
            : ["--addr", address.ToString()];
        foreach (var argument in command.Arguments.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            var client = new BackendClient(address, command.IsOurs ? BackendClientOptions.OwnBackend : BackendClientOptions.AnyBackend);
            return new BackendProcess(client, options, Process.Start(start)!, socketFolder);
        }
        catch (Win32Exception exception)
        {
            throw new JobFailedException(FailureCode.LoadFailed, $"The backend {command.FileName} cannot be started: {exception.Message}", exception);
        }
    }

    private void Watch(Process process)
    {
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _exited.TrySetResult();
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (process.HasExited)
        {
            _exited.TrySetResult();
        }
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _errors.Add(line);
        }
    }

    private async Task WaitUntilHealthyAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.StartTimeout);
        using var poll = new PeriodicTimer(HealthPoll);
        var last = "no answer";
        try
        {
            while (true)
            {
                if (HasExited)
                {
                    throw new JobFailedException(FailureCode.LoadFailed, $"The backend of '{name}' ended while starting; {await LastWordsAsync(cancellationToken)}");
                }

                try
                {
                    var reply = await Client.HealthAsync(limit.Token);
                    if (reply.Message.ToStringUtf8() == "OK")
                    {
                        return;
                    }

                    last = "it answers, but not OK";
                }
                catch (BackendCallException exception) when (exception.Status is GrpcStatus.Unavailable or GrpcStatus.DeadlineExceeded or GrpcStatus.Unimplemented)
                {
                    last = exception.Message;
                }

                await poll.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or BackendCallException && !cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new JobFailedException(FailureCode.LoadFailed, $"The backend of '{name}' was not ready in {_options.StartTimeout.TotalSeconds:0} s ({last}); {_errors}", exception);
        }
    }
}
