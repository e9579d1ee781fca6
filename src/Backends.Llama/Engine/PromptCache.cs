namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// What slots held before another prompt took them, in the host's memory: the least recently used leave when it is full. For the
/// engine thread only.
/// </summary>
internal sealed class PromptCache(long limitBytes)
{
    // Shorter ones are evaluated again in less time than a copy takes.
    internal const int LeastTokens = 32;

    private readonly LinkedList<Entry> _entries = new();
    private long _bytes;

    /// <summary>Bytes of all copies.</summary>
    internal long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether a copy of so many bytes can be had at all.</summary>
    internal bool Fits(long bytes) => bytes <= limitBytes;

    /// <summary>Whether what a slot holds is here already, whole.</summary>
    internal bool Holds(CacheScope scope, ReadOnlySpan<int> tokens)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Scope == scope && tokens.CommonPrefixLength(entry.Tokens) == tokens.Length)
                return true;
        }
        return false;
    }

    internal void Add(CacheScope scope, List<int> tokens, byte[] state)
    {
        var entry = new Entry(scope, [.. tokens], state);
        // What goes on from a shorter one replaces it.
        RemoveWhere(old => old.Scope == scope && entry.Tokens.AsSpan().StartsWith(old.Tokens));
        _entries.AddFirst(entry);
        Volatile.Write(ref _bytes, _bytes + entry.Bytes);
        while (_bytes > limitBytes && _entries.Last is { } oldest)
            Remove(oldest);
    }

    /// <summary>The copy that has most of a prompt beyond what is at hand, or null. Recurrent states are useful only as a whole.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="atHand">Tokens of it that a slot has anyway.</param>
    /// <param name="whole">Only copies that the prompt goes on from.</param>
    internal (int[] Tokens, byte[] State)? Find(CacheScope scope, ReadOnlySpan<int> prompt, int atHand, bool whole)
    {
        LinkedListNode<Entry>? best = null;
        int most = atHand + LeastTokens - 1;
        for (LinkedListNode<Entry>? node = _entries.First; node is not null; node = node.Next)
        {
            int common = node.Value.Scope == scope ? prompt.CommonPrefixLength(node.Value.Tokens) : 0;
            if (common <= most || (whole && common < node.Value.Tokens.Length))
                continue;
            (best, most) = (node, common);
        }
        if (best is null)
            return null;
        _entries.Remove(best);
        _entries.AddFirst(best);
        return (best.Value.Tokens, best.Value.State);
    }

    private void RemoveWhere(Predicate<Entry> unwanted)
    {
        for (LinkedListNode<Entry>? node = _entries.First; node is not null;)
        {
            LinkedListNode<Entry> current = node;
            node = node.Next;
            if (unwanted(current.Value))
                Remove(current);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node);
        Volatile.Write(ref _bytes, _bytes - node.Value.Bytes);
    }

    private sealed record Entry(CacheScope Scope, int[] Tokens, byte[] State)
    {
        internal long Bytes => State.LongLength + (Tokens.LongLength * sizeof(int));
    }
}
