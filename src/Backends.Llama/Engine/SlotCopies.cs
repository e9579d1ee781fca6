namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>Takes copies of slots that nobody uses, and puts them back. What another owner left there is not seen. For the engine thread only.</summary>
internal sealed class SlotCopies(SlotTable slots, SequenceMemory memory)
{
    /// <exception cref="RequestInvalidException">The slot is in use, or holds nothing of the owner's.</exception>
    internal SlotCopy Take(int id, string owner)
    {
        Slot slot = Free(id);
        if (slot.Scope.Owner != owner || slot.Cache.Count == 0)
            throw new RequestInvalidException($"slot {id} holds nothing");
        if (slot.Gap is not null)
            throw new RequestInvalidException($"slot {id} holds a text whose middle left it (context_shift), which cannot be saved");
        return memory.Copy(id) is { } state
            ? new SlotCopy(slot.Scope, [.. slot.Cache], state)
            : throw new RequestInvalidException($"llama.cpp gives no copy of slot {id}");
    }

    /// <exception cref="RequestInvalidException">The slot is in use, or llama.cpp refuses the copy.</exception>
    internal int Put(int id, SlotCopy copy)
    {
        Slot slot = Free(id);
        slots.Forget(slot);
        if (!memory.TryRestore(id, copy.State))
        {
            slots.Forget(slot);
            throw new RequestInvalidException("llama.cpp refuses the file: it was saved with another model, or with other settings");
        }
        slot.Cache.AddRange(copy.Tokens);
        slot.Scope = copy.Scope;
        return copy.Tokens.Length;
    }

    /// <returns>How many tokens left it.</returns>
    /// <exception cref="RequestInvalidException">The slot is in use.</exception>
    internal int Erase(int id, string owner)
    {
        Slot slot = Free(id);
        if (slot.Scope.Owner != owner)
            return 0;
        int tokens = slot.Cache.Count;
        slots.Forget(slot);
        return tokens;
    }

    private Slot Free(int id)
    {
        if (id < 0 || id >= slots.All.Length)
            throw new RequestInvalidException($"there is no slot {id}; there are {slots.All.Length}, counted from 0");
        return slots.All[id].IsFree ? slots.All[id] : throw new RequestInvalidException($"slot {id} is in use");
    }
}
