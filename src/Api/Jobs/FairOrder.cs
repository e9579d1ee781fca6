namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>
/// Who goes next where several keys wait: within a key the first that came, between keys each in turn by its weight
/// (stride scheduling, Waldspurger and Weihl 1995). A key that comes anew begins with the others, and cannot save up turns.
/// Not safe for use by two threads. Each step looks at every key that waits; keys are configured, so they are few.
/// </summary>
internal sealed class FairOrder<T>
{
    private readonly Dictionary<string, Waiters> _keys = new(StringComparer.Ordinal);
    private double _turn;

    public int Count { get; private set; }

    /// <summary>Puts one at the end of its key's own line.</summary>
    /// <returns>What <see cref="Remove"/> takes.</returns>
    public LinkedListNode<T> Add(string key, int weight, T item)
    {
        if (!_keys.TryGetValue(key, out var waiters))
        {
            waiters = new Waiters(1.0 / weight) { NextTurn = _turn + (1.0 / weight) };
            _keys[key] = waiters;
        }

        Count++;
        return waiters.Items.AddLast(item);
    }

    /// <summary>One leaves before its turn.</summary>
    public void Remove(string key, LinkedListNode<T> node)
    {
        var waiters = _keys[key];
        waiters.Items.Remove(node);
        Drop(key, waiters);
    }

    /// <summary>Takes the next one that may go; a key whose first may not go is passed over and keeps its turn.</summary>
    public bool TryTake(Func<T, bool> mayGo, out T item)
    {
        foreach (var (key, waiters) in _keys.OrderBy(pair => pair.Value.NextTurn))
        {
            item = waiters.Items.First!.Value;
            if (!mayGo(item))
            {
                continue;
            }

            _turn = waiters.NextTurn;
            waiters.NextTurn += waiters.Stride;
            waiters.Items.RemoveFirst();
            Drop(key, waiters);
            return true;
        }

        item = default!;
        return false;
    }

    private void Drop(string key, Waiters waiters)
    {
        Count--;
        if (waiters.Items.Count == 0)
        {
            _keys.Remove(key);
        }
    }

    private sealed class Waiters(double stride)
    {
        public double Stride => stride;

        public double NextTurn { get; set; }

        public LinkedList<T> Items { get; } = [];
    }
}
