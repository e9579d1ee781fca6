using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// Fills the batch of one decode step: one token of every slot that generates, then an equal share of what is left for every
/// slot whose prompt is being evaluated. So neither a long prompt nor many of them hold up a generation for longer than one batch.
/// A batch is evaluated with one set of LoRA scales: slots with different ones take turns.
/// </summary>
internal sealed class BatchBuilder(LlamaBatchHandle batch, Drafter? drafter, int slotContext)
{
    private readonly List<LoraSet> _waiting = [];
    private readonly List<Slot> _drafted = [];

    /// <summary>The scales of the batch that was built last.</summary>
    internal LoraSet? Lora { get; private set; }

    /// <returns>How many prompt tokens are in the batch.</returns>
    internal int Build(Slot[] slots)
    {
        batch.Clear();
        TakeTurn(slots);
        Guess(slots);
        int prefilling = 0;
        foreach (Slot slot in slots)
        {
            slot.Output = -1;
            if (!IsTurnOf(slot))
                continue;
            if (slot.Next is int token)
                AddChosen(slot, token);
            else if (slot.IsPrefilling)
                prefilling++;
        }
        int before = batch.Count;
        foreach (Slot slot in slots)
        {
            if (slot.IsPrefilling && IsTurnOf(slot))
                AddPrompt(slot, Math.Max(1, batch.Free / prefilling--));
        }
        return batch.Count - before;
    }

    // The next set behind the last one, among those that wait, round and round.
    private void TakeTurn(Slot[] slots)
    {
        _waiting.Clear();
        foreach (Slot slot in slots)
        {
            if (slot.Generation is { } generation && !_waiting.Contains(generation.Request.Scope.Lora))
                _waiting.Add(generation.Request.Scope.Lora);
        }
        if (_waiting.Count > 0)
            Lora = _waiting[Lora is null ? 0 : (_waiting.IndexOf(Lora) + 1) % _waiting.Count];
    }

    // Not for requests with a seed, whose text must not depend on how many tokens are evaluated together; and not at the very end of
    // a context, where there is no room for a guess that turns out wrong.
    private void Guess(Slot[] slots)
    {
        if (drafter is null)
            return;
        _drafted.Clear();
        int room = int.MaxValue;
        foreach (Slot slot in slots)
        {
            slot.Draft.Clear();
            int left = slotContext - slot.Cache.Count - 1;
            if (!IsTurnOf(slot) || slot.Next is null || slot.Generation!.Request.Sampling.Seed is not null || left < 1)
                continue;
            _drafted.Add(slot);
            room = Math.Min(room, left);
        }
        room = Math.Min(room, (batch.Capacity / slots.Length) - 1);
        if (_drafted.Count > 0 && room > 0)
            drafter.Run(_drafted, room);
    }

    private void AddChosen(Slot slot, int token)
    {
        slot.Output = Add(slot, token, output: true);
        foreach (int guess in slot.Draft)
            Add(slot, guess, output: true);
    }

    private bool IsTurnOf(Slot slot) => slot.Generation is { } generation && generation.Request.Scope.Lora.Equals(Lora);

    private void AddPrompt(Slot slot, int share)
    {
        int left = slot.PromptLeft;
        int count = Math.Min(left, Math.Min(share, batch.Free));
        // With a seed the same request gives the same text. How many tokens are evaluated together changes the rounding, and how
        // many are left to evaluate depends on the cache: so the last one, whose logits count, is evaluated by itself.
        bool reproducible = slot.Generation!.Request.Sampling.Seed is not null;
        if (reproducible && count == left && left > 1)
            count--;
        int[] prompt = slot.Generation.Request.Prompt;
        for (int i = 0; i < count; i++)
        {
            bool last = slot.Cache.Count == prompt.Length - 1;
            int place = Add(slot, prompt[slot.Cache.Count], last);
            if (last)
                slot.Output = place;
        }
    }

    private int Add(Slot slot, int token, bool output)
    {
        int place = batch.Add(token, slot.Cache.Count, slot.Id, output);
        slot.Cache.Add(token);
        return place;
    }
}
