namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>All slots are busy and as many requests wait as may wait.</summary>
internal sealed class EngineFullException(int slots, int waiting)
    : Exception($"all {slots} slots are busy and {waiting} requests wait already; try again later");
