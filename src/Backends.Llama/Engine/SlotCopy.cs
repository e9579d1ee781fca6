namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>What a slot holds, outside it.</summary>
/// <param name="Scope">Whose it is, and what it was computed with.</param>
/// <param name="Tokens">The tokens, position by position.</param>
/// <param name="State">llama.cpp's copy of the sequence.</param>
internal sealed record SlotCopy(CacheScope Scope, int[] Tokens, byte[] State);
