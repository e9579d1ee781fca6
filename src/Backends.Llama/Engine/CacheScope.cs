namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// Whose prompts may go on from a cache, and which weights it was computed with. Across owners nothing is shared: how soon an
/// answer begins would tell what somebody else has asked.
/// </summary>
/// <param name="Owner">Compared exactly; empty where all share.</param>
/// <param name="Lora">The scales of the adapters.</param>
internal sealed record CacheScope(string Owner, LoraSet Lora)
{
    internal static CacheScope Everybody { get; } = new("", LoraSet.None);
}
