using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Settings;

/// <summary>Runs a host only with settings that are right, and says in one place why a process does not start.</summary>
public static class CheckedHost
{
    /// <summary>The exit code of a process that refuses its settings: EX_CONFIG of sysexits.h.</summary>
    public const int WrongSettingsExitCode = 78;

    /// <summary>The exit code of a process that misses something that it needs: EX_UNAVAILABLE of sysexits.h.</summary>
    public const int UnavailableExitCode = 69;

    /// <summary>
    /// Checks the settings of all sections that were registered with <see cref="SettingsRegistration.AddValidatedOptions"/>
    /// and runs the host until it is stopped. Errors are written to standard error, one a line, and nothing starts. A host
    /// that fails to start (its broker is away, for example) ends with the reason as its last line; the log has the rest.
    /// </summary>
    /// <returns>The process's exit code: 0, <see cref="WrongSettingsExitCode"/> or <see cref="UnavailableExitCode"/>.</returns>
    /// <example><c>return await app.RunCheckedAsync();</c></example>
    public static Task<int> RunCheckedAsync(this IHost host, CancellationToken cancellationToken = default) =>
        RunCheckedAsync(host, Console.Error, cancellationToken);

    internal static async Task<int> RunCheckedAsync(IHost host, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            var wrong = host.Services.GetService<SettingsCheck>()?.Run() ?? [];
            return wrong.Count > 0
                ? await RefuseAsync([.. wrong.Select(error => error.ToString())], errors)
                : await RunAsync(host, errors, cancellationToken);
        }
        finally
        {
            await DisposeAsync(host);
        }
    }

    private static async Task<int> RunAsync(IHost host, TextWriter errors, CancellationToken cancellationToken)
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (OptionsValidationException exception)
        {
            return await RefuseAsync([.. exception.Failures], errors);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return await RefuseAsync([$"Urls: {exception.Message} Stop what listens there, or choose another address with --urls."], errors);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is, the process ends here; the host has logged it with its stack.
            await errors.WriteLineAsync($"Cannot start: {exception.Message}");
            await errors.FlushAsync(CancellationToken.None);
            return UnavailableExitCode;
        }

        await host.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<int> RefuseAsync(List<string> wrong, TextWriter errors)
    {
        await errors.WriteLineAsync($"Cannot start: {(wrong.Count == 1 ? "one setting is" : $"{wrong.Count} settings are")} wrong.");
        foreach (var line in wrong)
        {
            await errors.WriteLineAsync($"  {line}");
        }

        await errors.FlushAsync(CancellationToken.None);
        return WrongSettingsExitCode;
    }

    private static async Task DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }
}
