using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// Generations that wait for a slot, in order. Bounded: what can be neither run nor soon be run is refused at once, so that its
/// sender can go elsewhere.
/// </summary>
internal sealed class AdmissionQueue(int slots, int limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Generation> _waiting = new();

    internal int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <exception cref="EngineFullException">As many wait as may wait.</exception>
    internal void Add(Generation generation)
    {
        lock (_gate)
        {
            if (_waiting.Count >= limit)
                throw new EngineFullException(slots, limit);
            _waiting.AddLast(generation);
        }
    }

    /// <summary>The first one, or null.</summary>
    internal Generation? Next()
    {
        lock (_gate)
        {
            Generation? first = _waiting.First?.Value;
            if (first is not null)
                _waiting.RemoveFirst();
            return first;
        }
    }

    /// <returns>False when it does not wait here (any more).</returns>
    internal bool Remove(Generation generation)
    {
        lock (_gate)
            return _waiting.Remove(generation);
    }
}
