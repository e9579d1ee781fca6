using System.Runtime.InteropServices;
using LocalAI.Pipeline.Backends.Protocol.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LocalAI.Pipeline.Backends.Protocol.Hosting;

/// <summary>A backend as a program: command line, signals, parent, exit code.</summary>
internal static class BackendProgram
{
    // sysexits.h: EX_USAGE, EX_UNAVAILABLE.
    public const int WrongUsage = 64;
    public const int Unavailable = 69;

    // A model's memory is given back in well under this; whoever asked for the end kills the process after a while anyway.
    private static readonly TimeSpan DisposalGrace = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args, Func<BackendService> create, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (!BackendArguments.TryParse(args, out var arguments, out var error))
        {
            await errors.WriteLineAsync($"{error}. Usage: {AppDomain.CurrentDomain.FriendlyName} {BackendArguments.Usage}");
            return WrongUsage;
        }

        using var loggerFactory = LoggerFactory.Create(Configure);
        var logger = loggerFactory.CreateLogger<BackendServer>();
        var stop = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var parent = arguments.Parent is { } pid ? new ParentProcess(pid, () => stop.TrySetResult($"the parent process {pid} is gone")) : null;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, true));
        // A terminal sends Ctrl+C to the parent as well, which ends its backends when it no longer needs them.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, parent is null));
        await using var cancellation = cancellationToken.UnsafeRegister(_ => stop.TrySetResult("cancelled"), null);

        var service = create();
        try
        {
            await using var server = await BackendServer.StartAsync(arguments.Address, service, new BackendServerOptions { LoggerFactory = loggerFactory }, cancellationToken);
            await output.WriteLineAsync($"Listening on {server.Address}");
            await output.FlushAsync(cancellationToken);
            BackendServerLog.Stopping(logger, await stop.Task);
            return 0;
        }
        catch (IOException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return Unavailable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await ReleaseAsync(service, logger);
        }

        void Stop(PosixSignalContext context, bool isMeant)
        {
            context.Cancel = true;
            if (isMeant)
            {
                stop.TrySetResult(context.Signal.ToString());
            }
        }
    }

    /// <summary>Standard output is for the line that says where it listens, so the log goes to standard error.</summary>
    private static void Configure(ILoggingBuilder logging) =>
        logging.AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static async Task ReleaseAsync(BackendService service, ILogger logger)
    {
        try
        {
            var releasing = service is IAsyncDisposable disposable ? disposable.DisposeAsync().AsTask() : Task.Run(() => (service as IDisposable)?.Dispose());
            await releasing.WaitAsync(DisposalGrace);
        }
        catch (TimeoutException)
        {
            BackendServerLog.DisposalTimedOut(logger, DisposalGrace);
        }
    }
}
