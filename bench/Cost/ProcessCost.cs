namespace LocalAI.Pipeline.Cost;

/// <summary>What a process has used so far.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its program.</param>
/// <param name="RuntimeCpu">CPU time of the threads of .NET's pool, timer and sockets, or of the whole process where it is no backend.</param>
/// <param name="EngineCpu">CPU time of all other threads of a backend.</param>
/// <param name="Allocated">Bytes allocated by managed code; null where it has no probe.</param>
internal sealed record ProcessCost(int Id, string Name, TimeSpan RuntimeCpu, TimeSpan EngineCpu, long? Allocated)
{
    public bool IsBackend => Name.Contains("Backends.", StringComparison.Ordinal) || Name.Contains("FakeBackend", StringComparison.Ordinal);
}
