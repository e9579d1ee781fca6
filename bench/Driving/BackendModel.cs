namespace LocalAI.Pipeline.Driving;

/// <summary>What a bare backend process is told to load, where it has nothing loaded; a host reads it from its catalogue.</summary>
/// <param name="File">The model file; null where the process has its model already.</param>
/// <param name="Threads">Threads of the engine.</param>
/// <param name="ContextSize">Tokens of one slot.</param>
/// <param name="Slots">Generations at a time.</param>
public sealed record BackendModel(string? File, int Threads, int ContextSize, int Slots);
