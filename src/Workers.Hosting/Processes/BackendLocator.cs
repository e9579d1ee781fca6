using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>Finds a backend by the name that a model's file gives: an address, a folder with a <c>run.sh</c>, or one of ours.</summary>
internal sealed class BackendLocator(IOptions<BackendOptions> options, IEnumerable<HostedBackend> hosted)
{
    // A foreign backend need not watch its parent, so a shell does: when the worker dies its end of the pipe closes, the
    // reader wakes and the backend is killed, with all that it started where there is setsid. A dead backend ends the shell.
    private const string EndsWithItsParent =
        "if command -v setsid >/dev/null; then run=setsid group=-; else run= group=; fi; exec 3<&0; $run \"$@\" 3<&- </dev/null & backend=$!; " +
        "(cat <&3; kill -9 $group$backend) >/dev/null 2>&1 & wait $backend; code=$?; kill -9 $group$backend 2>/dev/null; exit $code";

    private static readonly string LlamaDefault = Path.Combine(AppContext.BaseDirectory, "backends", "llama", "LocalAI.Pipeline.Backends.Llama.dll");

    /// <exception cref="JobFailedException">There is no such backend.</exception>
    public BackendLocation Find(string backend)
    {
        if (options.Value.External.TryGetValue(backend, out var address))
        {
            return new BackendLocation(Address: BackendAddress.Parse(address));
        }

        var folder = Path.GetFullPath(Path.Combine(options.Value.Folder, backend));
        var script = Path.Combine(folder, "run.sh");
        if (File.Exists(script))
        {
            return new BackendLocation(new BackendCommand("/bin/sh", ["-c", EndsWithItsParent, "sh", script], folder, IsOurs: false));
        }

        return backend == ModelDefinition.OwnBackend ? new BackendLocation(Llama())
            : hosted.FirstOrDefault(known => known.Name == backend) is { } ours ? new BackendLocation(Hosted: ours)
            : throw Missing(backend, script);
    }

    private BackendCommand Llama()
    {
        var assembly = options.Value.LlamaAssembly ?? LlamaDefault;
        return File.Exists(assembly)
            ? new BackendCommand("dotnet", [assembly], Path.GetDirectoryName(assembly)!, IsOurs: true)
            : throw new JobFailedException(FailureCode.LoadFailed, $"The llama.cpp backend is missing at {assembly}: build the host again, or set {BackendOptions.SectionName}:LlamaAssembly.");
    }

    private static JobFailedException Missing(string backend, string script) => new(
        FailureCode.ModelBroken,
        $"No backend '{backend}' here: put it at {script}, or give its address in {BackendOptions.SectionName}:External:{backend}.");
}
