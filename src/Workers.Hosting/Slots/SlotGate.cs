using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Workers.Hosting.Slots;

/// <summary>
/// Who of a model's jobs may run: as many as the backend has slots. Interactive work goes first; batch work leaves a
/// reserve free, so that an interactive job that comes next need not wait for a whole batch line.
/// </summary>
public sealed class SlotGate(int slots, int reserve)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _interactive = [];
    private readonly LinkedList<Waiter> _batch = [];
    private int _busy;

    /// <summary>Slots in use.</summary>
    public int Busy
    {
        get
        {
            lock (_lock)
            {
                return _busy;
            }
        }
    }

    /// <summary>Slots in all.</summary>
    public int Slots => slots;

    /// <summary>Waits for a slot; <see cref="Leave"/> gives it back.</summary>
    public Task EnterAsync(Lane lane, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_busy < LimitOf(lane) && (lane == Lane.Batch ? _batch : _interactive).Count == 0)
            {
                _busy++;
                return Task.CompletedTask;
            }

            var list = lane == Lane.Batch ? _batch : _interactive;
            waiter = new Waiter(list);
            waiter.Node = list.AddLast(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Gives a slot back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _busy--;
            Admit();
        }
    }

    private int LimitOf(Lane lane) => lane == Lane.Batch ? Math.Max(1, slots - reserve) : slots;

    private void Admit()
    {
        while (Next() is { } waiter)
        {
            waiter.List.Remove(waiter.Node!);
            _busy++;
            waiter.Entered.SetResult();
        }
    }

    private Waiter? Next()
    {
        if (_interactive.First is { } first && _busy < slots)
        {
            return first.Value;
        }

        return _batch.First is { } batch && _busy < LimitOf(Lane.Batch) ? batch.Value : null;
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var left = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                if (!waiter.Entered.Task.IsCompleted)
                {
                    waiter.List.Remove(waiter.Node!);
                    waiter.Entered.SetCanceled(cancellationToken);
                }
            }
        });
        await waiter.Entered.Task;
    }

    private sealed class Waiter(LinkedList<Waiter> list)
    {
        public LinkedList<Waiter> List { get; } = list;

        public LinkedListNode<Waiter>? Node { get; set; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
