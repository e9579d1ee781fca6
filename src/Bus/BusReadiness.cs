namespace LocalAI.Pipeline.Bus;

/// <summary>Whether the bus carries messages now, and if not, why.</summary>
/// <param name="IsReady">Whether it does.</param>
/// <param name="Reason">What is missing, for a person; null when it is ready.</param>
public readonly record struct BusReadiness(bool IsReady, string? Reason);
