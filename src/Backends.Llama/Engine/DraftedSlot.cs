using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>A slot as the draft model has it.</summary>
internal sealed class DraftedSlot
{
    private readonly List<int> _wanted = [];
    private CacheScope? _scope;

    internal Slot Slot { get; private set; } = null!;

    /// <summary>What the draft's cache holds, position by position.</summary>
    internal List<int> Cache { get; } = [];

    /// <summary>What it must hold before it can guess: all that was chosen until now.</summary>
    internal ReadOnlySpan<int> Wanted => CollectionsMarshal.AsSpan(_wanted);

    /// <summary>How many tokens are to be guessed now.</summary>
    internal int Limit { get; private set; }

    /// <summary>Where in the current batch its logits are, or -1.</summary>
    internal int Output { get; set; } = -1;

    internal void Follow(Slot slot, int most)
    {
        Slot = slot;
        int wanted = slot.Generation!.Request.DraftTokens;
        Limit = Math.Min(Math.Min(most, slot.DraftLimit), wanted > 0 ? wanted : int.MaxValue);
        Output = -1;
        slot.Draft.Clear();
        // Another owner's prompt must not make this one's answer faster.
        if (_scope != slot.Scope)
            Cache.Clear();
        _scope = slot.Scope;
        _wanted.Clear();
        _wanted.AddRange(slot.Cache);
        _wanted.Add(slot.Next!.Value);
    }
}
