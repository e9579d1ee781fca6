using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>The slots of a context: which one a prompt goes to, and what of its cache can stay. For the engine thread only.</summary>
internal sealed class SlotTable
{
    // Below this share of the prompt a common beginning is chance (a begin token, a role marker): another slot's cache, which
    // may be worth more to a later prompt, is better spared then.
    private const double WorthKeeping = 0.1;

    private readonly nint _memory;
    private readonly int _slidingWindow;
    private long _assignments;

    internal SlotTable(LlamaContextHandle context, int count, int slidingWindow)
    {
        _memory = LlamaNative.llama_get_memory(context);
        _slidingWindow = slidingWindow;
        All = [.. Enumerable.Range(0, count).Select(id => new Slot(id))];
    }

    internal Slot[] All { get; }

    internal bool HasFree => Array.Exists(All, slot => slot.IsFree);

    internal int Busy => All.Count(slot => !slot.IsFree);

    /// <summary>Gives the generation the free slot that has most of its prompt, and cuts the slot's cache to what they share.</summary>
    internal void Assign(Generation generation)
    {
        int[] prompt = generation.Request.Prompt;
        Slot slot = Choose(prompt);
        slot.LastUse = ++_assignments;
        slot.Generation = generation;
        slot.Next = null;
        slot.Output = -1;
        // The last token is always evaluated: its logits are needed.
        Keep(slot, generation.Request.IgnoreCache ? 0 : Math.Min(slot.CommonPrefix(prompt), prompt.Length - 1));
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
        LlamaNative.llama_memory_seq_rm(_memory, slot.Id, -1, -1);
        slot.Cache.Clear();
    }

    private Slot Choose(ReadOnlySpan<int> prompt)
    {
        Slot? best = null;
        int bestPrefix = 0;
        Slot? oldest = null;
        foreach (Slot slot in All)
        {
            if (!slot.IsFree)
                continue;
            int prefix = slot.CommonPrefix(prompt);
            if (prefix > bestPrefix)
                (best, bestPrefix) = (slot, prefix);
            if (oldest is null || slot.LastUse < oldest.LastUse)
                oldest = slot;
        }
        return best is not null && bestPrefix >= prompt.Length * WorthKeeping ? best : oldest!;
    }

    private void Keep(Slot slot, int count)
    {
        if (count >= slot.Cache.Count)
            return;
        // A recurrent state cannot be cut in the middle, and a sliding window may have lost what the rest would look back to.
        bool cut = count > 0 && HasWindowBefore(slot, count) && LlamaNative.llama_memory_seq_rm(_memory, slot.Id, count, -1) != 0;
        if (cut)
            slot.Cache.RemoveRange(count, slot.Cache.Count - count);
        else
            Forget(slot);
    }

    private bool HasWindowBefore(Slot slot, int position)
        => _slidingWindow <= 0 || LlamaNative.llama_memory_seq_pos_min(_memory, slot.Id) <= Math.Max(0, position - _slidingWindow);
}
