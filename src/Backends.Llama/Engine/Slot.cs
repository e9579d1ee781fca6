using System.Runtime.InteropServices;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// One sequence of the context: the tokens its cache holds, and the generation that uses it. The tokens stay when the generation
/// ends, so that the next prompt that begins alike need not be evaluated again.
/// </summary>
internal sealed class Slot(int id)
{
    /// <summary>llama_seq_id.</summary>
    internal int Id { get; } = id;

    internal Generation? Generation { get; set; }

    /// <summary>What the cache holds, position by position.</summary>
    internal List<int> Cache { get; } = [];

    /// <summary>Whose the cache is.</summary>
    internal CacheScope Scope { get; set; } = CacheScope.Everybody;

    /// <summary>Where a context shift left a gap: what is cached behind it was computed from more than is there now. Null: nowhere.</summary>
    internal int? Gap { get; set; }

    /// <summary>The token chosen last, not evaluated yet; null while the prompt is being evaluated.</summary>
    internal int? Next { get; set; }

    /// <summary>Guesses of the tokens behind <see cref="Next"/>.</summary>
    internal List<int> Draft { get; } = [];

    /// <summary>How many are guessed: more while they are right.</summary>
    internal int DraftLimit { get; set; } = int.MaxValue;

    /// <summary>Where in the current batch this slot's logits are, or -1.</summary>
    internal int Output { get; set; } = -1;

    /// <summary>When it was last in use, as a count of assignments.</summary>
    internal long LastUse { get; set; }

    internal bool IsFree => Generation is null;

    internal bool IsPrefilling => Generation is not null && Next is null;

    internal int PromptLeft => Generation!.Request.Prompt.Length - Cache.Count;

    /// <summary>How many tokens of a prompt this slot could keep.</summary>
    internal int CommonPrefix(CacheScope scope, ReadOnlySpan<int> prompt)
        => Scope == scope ? Math.Min(CollectionsMarshal.AsSpan(Cache).CommonPrefixLength(prompt), Gap ?? int.MaxValue) : 0;
}
