using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>What a full context means: the end, or that the older half of the text leaves.</summary>
internal sealed class ContextShift(SlotTable slots, int contextSize, bool isOn)
{
    // An answer that nobody reads waits in memory, and one that forgets its beginning needs no end of its own: this is its bound.
    private const int MostContexts = 16;

    /// <summary>Tokens of a slot.</summary>
    internal int ContextSize => contextSize;

    /// <summary>Makes room for another token where there is none. False: the answer ends here.</summary>
    internal bool HasRoom(Slot slot, Generation generation)
    {
        if (slot.Cache.Count < contextSize)
            return true;
        return isOn && generation.Text.Generated < (long)contextSize * MostContexts
            && slots.TryShift(slot, Kept(generation.Request.Keep, generation.Request.Prompt.Length));
    }

    /// <summary>A prompt with the text that a dead process generated, which may be longer than the context by now: shifted as it was there.</summary>
    internal int[] Fit(int[] prompt, int keep, bool isContinued)
    {
        if (!isOn || !isContinued)
            return prompt;
        while (prompt.Length >= contextSize)
        {
            int kept = Kept(keep, prompt.Length);
            prompt = [.. prompt[..kept], .. prompt[(kept + Math.Max(1, (prompt.Length - kept) / 2))..]];
        }
        return prompt;
    }

    // The begin token stays, as in llama.cpp's server, and at least half of the context moves.
    private int Kept(int keep, int promptLength) => Math.Min(keep < 0 ? promptLength : Math.Min(keep, promptLength) + 1, contextSize / 2);
}
