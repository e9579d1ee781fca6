using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Settings;

/// <summary>Runs a host only with settings that are right.</summary>
public static class CheckedHost
{
    /// <summary>The exit code of a process that refuses its settings: EX_CONFIG of sysexits.h.</summary>
    public const int WrongSettingsExitCode = 78;

    /// <summary>The exit code of a process whose broker or other dependency is missing: EX_UNAVAILABLE of sysexits.h.</summary>
    public const int UnavailableExitCode = 69;

    /// <summary>
    /// Checks the settings of all sections that were registered with <see cref="SettingsRegistration.AddValidatedOptions"/>
    /// and runs the host until it is stopped. Errors are written to standard error, one a line, and nothing starts.
    /// </summary>
    /// <returns>The process's exit code: 0, <see cref="WrongSettingsExitCode"/> or <see cref="UnavailableExitCode"/>.</returns>
    /// <example><c>return await app.RunCheckedAsync();</c></example>
    public static Task<int> RunCheckedAsync(this IHost host, CancellationToken cancellationToken = default) =>
        RunCheckedAsync(host, Console.Error, cancellationToken);

    internal static async Task<int> RunCheckedAsync(IHost host, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        var wrong = (host.Services.GetService<SettingsCheck>()?.Run() ?? []).Select(error => error.ToString()).ToList();
        if (wrong.Count > 0)
        {
            return await RefuseAsync(host, wrong, errors);
        }

        try
        {
            // Disposes the host when it ends, also by an exception.
            await host.RunAsync(cancellationToken);
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            return await RefuseAsync(host, [.. exception.Failures], errors);
        }
        catch (CannotStartException exception)
        {
            await errors.WriteLineAsync($"Cannot start: {exception.Message}");
            return UnavailableExitCode;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return await RefuseAsync(host, [$"Urls: {exception.Message} Stop what listens there, or choose another address with --urls."], errors);
        }
    }

    private static async Task<int> RefuseAsync(IHost host, List<string> wrong, TextWriter errors)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        await errors.WriteLineAsync($"Cannot start: {(wrong.Count == 1 ? "one setting is" : $"{wrong.Count} settings are")} wrong.");
        foreach (var line in wrong)
        {
            await errors.WriteLineAsync($"  {line}");
        }

        await errors.FlushAsync(CancellationToken.None);
        return WrongSettingsExitCode;
    }
}
