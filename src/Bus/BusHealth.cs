using System.Collections.Concurrent;
using MassTransit;

namespace LocalAI.Pipeline.Bus;

/// <summary>The bus's part of this process's readiness. Cheap: asks nobody, looks at what its parts last knew.</summary>
public sealed class BusHealth
{
    private readonly IBusControl _bus;
    private readonly ConcurrentDictionary<string, string?> _problems = new(StringComparer.Ordinal);

    internal BusHealth(IBusControl bus) => _bus = bus;

    /// <summary>Looks at all parts.</summary>
    public BusReadiness Check()
    {
        var problems = _problems.Values.OfType<string>().ToList();
        var bus = _bus.CheckHealth();
        if (bus.Status != BusHealthStatus.Healthy)
        {
            problems.Insert(0, $"The bus is not ready: {bus.Description}.");
        }

        return problems.Count == 0 ? new BusReadiness(true, null) : new BusReadiness(false, string.Join(' ', problems));
    }

    /// <summary>A part tells what it lacks, or null when it works.</summary>
    internal void Report(string part, string? problem) => _problems[part] = problem;
}
