using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LocalAI.Pipeline.Backends.Protocol.Hosting;

/// <summary>The command line of a backend: <c>--addr ADDRESS [--parent PID]</c>, values also after <c>=</c>.</summary>
internal sealed record BackendArguments(BackendAddress Address, int? Parent)
{
    public const string Usage = "--addr host:port|unix:/path [--parent PID]";

    public static bool TryParse(IReadOnlyList<string> args, [NotNullWhen(true)] out BackendArguments? arguments, [NotNullWhen(false)] out string? error)
    {
        arguments = null;
        BackendAddress? address = null;
        int? parent = null;
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            var value = equals >= 0 ? args[i][(equals + 1)..] : i + 1 < args.Count ? args[++i] : null;
            error = name switch
            {
                "--addr" => BackendAddress.TryParse(value, out address, out var wrong) ? null : $"--addr: {wrong}",
                "--parent" => TryParsePid(value, out parent) ? null : $"--parent: '{value}' is not a process id",
                _ => $"{name} is not an argument of a backend",
            };
            if (error is not null)
            {
                return false;
            }
        }

        error = address is null ? "--addr is missing" : null;
        arguments = address is null ? null : new BackendArguments(address, parent);
        return arguments is not null;
    }

    private static bool TryParsePid(string? text, out int? pid)
    {
        pid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        return pid is not null;
    }
}
