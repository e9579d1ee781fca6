using System.Runtime.InteropServices;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>The slots of a context: which one a prompt goes to, and what of its cache can stay. For the engine thread only.</summary>
/// <param name="memory">The slots' sequences.</param>
/// <param name="count">How many.</param>
/// <param name="store">Keeps what leaves a slot; null: nothing does.</param>
/// <param name="isRecurrent">A state is good for its own length only.</param>
internal sealed class SlotTable(SequenceMemory memory, int count, PromptCache? store, bool isRecurrent)
{
    // Below this share of the prompt a common beginning is chance (a begin token, a role marker): another slot's cache, which
    // may be worth more to a later prompt, is better spared then.
    private const double WorthKeeping = 0.1;

    private long _assignments;

    internal Slot[] All { get; } = [.. Enumerable.Range(0, count).Select(id => new Slot(id))];

    internal bool HasFree => Array.Exists(All, slot => slot.IsFree);

    internal int Busy => All.Count(slot => !slot.IsFree);

    /// <summary>Gives the generation the free slot that has most of its prompt, and cuts the slot's cache to what they share.</summary>
    internal void Assign(Generation generation)
    {
        int[] prompt = generation.Request.Prompt;
        CacheScope scope = generation.Request.Scope;
        Slot slot = Choose(scope, prompt);
        slot.LastUse = ++_assignments;
        slot.Generation = generation;
        slot.Next = null;
        slot.Output = -1;
        slot.DraftLimit = int.MaxValue;
        int kept = generation.Request.IgnoreCache ? 0 : slot.CommonPrefix(scope, prompt);
        Store(slot, kept);
        if (!generation.Request.IgnoreCache)
            kept = Restore(slot, scope, prompt, kept);
        // The last token is always evaluated: its logits are needed.
        Keep(slot, Math.Min(kept, prompt.Length - 1));
        slot.Scope = scope;
        generation.CachedTokens = slot.Cache.Count;
    }

    /// <summary>Frees the slot; its cache stays.</summary>
    internal static void Free(Slot slot)
    {
        slot.Generation = null;
        slot.Next = null;
        slot.Output = -1;
    }

    /// <summary>Forgets what the slot's sequence holds, after a failed evaluation left it unknown.</summary>
    internal void Forget(Slot slot)
    {
        memory.Clear(slot.Id);
        slot.Cache.Clear();
        slot.Gap = null;
    }

    /// <summary>Makes room in a full slot: half of what is behind the first tokens leaves. False when this memory does not allow it.</summary>
    internal bool TryShift(Slot slot, int keep)
    {
        int leaving = (slot.Cache.Count - keep) / 2;
        if (leaving < 1 || !memory.TryTakeOut(slot.Id, keep, leaving, slot.Cache.Count))
            return false;
        slot.Cache.RemoveRange(keep, leaving);
        slot.Gap = Math.Min(slot.Gap ?? keep, keep);
        return true;
    }

    /// <summary>Takes guesses that were wrong out of the slot's sequence, which holds so many tokens more than its cache has.</summary>
    /// <exception cref="EngineFailedException">This memory does not let go of them.</exception>
    internal void DropGuesses(Slot slot, int wrong)
    {
        if (wrong > 0 && !memory.TryCut(slot.Id, slot.Cache.Count))
        {
            Forget(slot);
            throw new EngineFailedException("llama.cpp could not take wrong guesses of the draft model out of its cache");
        }
    }

    private Slot Choose(CacheScope scope, ReadOnlySpan<int> prompt)
    {
        Slot? best = null;
        int bestPrefix = 0;
        Slot? oldest = null;
        foreach (Slot slot in All)
        {
            if (!slot.IsFree)
                continue;
            int prefix = slot.CommonPrefix(scope, prompt);
            if (prefix > bestPrefix)
                (best, bestPrefix) = (slot, prefix);
            if (oldest is null || slot.LastUse < oldest.LastUse)
                oldest = slot;
        }
        return best is not null && bestPrefix >= prompt.Length * WorthKeeping ? best : oldest!;
    }

    // What the prompt does not go on from would be lost.
    private void Store(Slot slot, int kept)
    {
        bool isWorthIt = store is not null && slot.Gap is null && slot.Cache.Count - kept >= PromptCache.LeastTokens
            && store.Fits(memory.SizeOf(slot.Id)) && !store.Holds(slot.Scope, CollectionsMarshal.AsSpan(slot.Cache));
        if (isWorthIt && memory.Copy(slot.Id) is { } state)
            store!.Add(slot.Scope, slot.Cache, state);
    }

    private int Restore(Slot slot, CacheScope scope, ReadOnlySpan<int> prompt, int kept)
    {
        if (store?.Find(scope, prompt, kept, isRecurrent) is not var (tokens, state))
            return kept;
        Forget(slot);
        if (!memory.TryRestore(slot.Id, state))
        {
            Forget(slot);
            return 0;
        }
        slot.Cache.AddRange(tokens);
        return prompt.CommonPrefixLength(tokens);
    }

    private void Keep(Slot slot, int count)
    {
        if (count >= slot.Cache.Count)
            return;
        if (count > 0 && memory.TryCut(slot.Id, count))
        {
            slot.Cache.RemoveRange(count, slot.Cache.Count - count);
            slot.Gap = null;
        }
        else
        {
            Forget(slot);
        }
    }
}
