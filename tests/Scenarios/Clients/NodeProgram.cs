using System.Diagnostics;
using System.Text.Json;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios.Clients;

/// <summary>Runs a function of a module in <c>npm/</c>, which uses the official JavaScript clients that the build restored there.</summary>
internal static class NodeProgram
{
    /// <summary>The folder of the modules and of <c>node_modules</c>.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Find(), "tests", "Scenarios", "npm");

    /// <summary>What the function returned; fails with what the program wrote when the function threw.</summary>
    public static async Task<JsonElement> RunAsync(string module, string function, object input, CancellationToken cancellationToken)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "tests/Scenarios/npm is not restored: build this project");
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "run.mjs"), module, function, JsonSerializer.Serialize(input)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, $"{module}.{function} ended with code {process.ExitCode}: {await errors}");
            using var answer = JsonDocument.Parse(await output);
            return answer.RootElement.Clone();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
