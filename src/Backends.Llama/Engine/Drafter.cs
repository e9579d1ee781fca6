using System.Runtime.InteropServices;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// Speculative decoding: a small model guesses the next tokens of every slot, and the model itself evaluates them in one step
/// (Leviathan et al. 2023, arXiv 2211.17192). What is chosen is always the model's own choice: a guess that differs costs its evaluation
/// and nothing else. For the engine thread only.
/// </summary>
internal sealed unsafe class Drafter : IDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaContextHandle _context;
    private readonly SequenceMemory _memory;
    private readonly LlamaBatchHandle _batch;
    private readonly DraftedSlot[] _slots;
    private readonly List<DraftedSlot> _active = [];
    private readonly int _most;
    private readonly int _vocabulary;

    /// <exception cref="InvalidModelException">The draft model cannot be used, or its vocabulary is another.</exception>
    internal Drafter(LlamaModel target, ModelSettings settings, int slotContext, ThreadPoolHandle threads)
    {
        _most = settings.DraftTokens;
        ModelSettings draft = settings with { Path = settings.DraftPath!, LoraAdapters = [], ContextSize = slotContext };
        _model = LlamaModel.Load(draft);
        // A token beyond the model's own would be none.
        _vocabulary = Math.Min(target.Vocabulary.Size, _model.Vocabulary.Size);
        try
        {
            DraftCheck.Run(target, _model);
            _context = ContextFactory.ForGeneration(_model, draft, threads);
        }
        catch (InvalidModelException)
        {
            _model.Dispose();
            throw;
        }
        _memory = new SequenceMemory(_context, slidingWindow: 0);
        _batch = new LlamaBatchHandle((int)LlamaNative.llama_n_batch(_context));
        _slots = [.. Enumerable.Range(0, settings.Slots).Select(_ => new DraftedSlot())];
    }

    /// <summary>Guesses tokens for the slots (<see cref="Slot.Draft"/>), at most so many for each.</summary>
    internal void Run(List<Slot> slots, int room)
    {
        _batch.Clear();
        _active.Clear();
        int left = slots.Count;
        foreach (Slot slot in slots)
        {
            DraftedSlot drafted = _slots[slot.Id];
            drafted.Follow(slot, Math.Min(_most, room));
            Feed(drafted, Math.Max(1, _batch.Free / left--));
            _active.Add(drafted);
        }
        while (_batch.Count > 0)
        {
            if (LlamaNative.llama_decode(_context, _batch.Native) != 0)
            {
                Forget(slots);
                return;
            }
            _batch.Clear();
            foreach (DraftedSlot drafted in _active)
                Guess(drafted);
        }
    }

    public void Dispose()
    {
        _batch.Dispose();
        _context.Dispose();
        _model.Dispose();
    }

    // What the model's slot holds and the draft's does not, or as much of it as there is room for.
    private void Feed(DraftedSlot drafted, int share)
    {
        ReadOnlySpan<int> wanted = drafted.Wanted;
        int common = Math.Min(CollectionsMarshal.AsSpan(drafted.Cache).CommonPrefixLength(wanted), wanted.Length - 1);
        if (common < drafted.Cache.Count && !(common > 0 && _memory.TryCut(drafted.Slot.Id, common)))
        {
            _memory.Clear(drafted.Slot.Id);
            common = 0;
        }
        CollectionsMarshal.SetCount(drafted.Cache, common);
        int count = Math.Min(wanted.Length - common, Math.Min(share, _batch.Free));
        for (int i = 0; i < count; i++)
            Add(drafted, wanted[common + i], output: common + i == wanted.Length - 1);
    }

    private void Guess(DraftedSlot drafted)
    {
        if (drafted.Output < 0)
            return;
        int token = Best(LlamaNative.llama_get_logits_ith(_context, drafted.Output));
        drafted.Output = -1;
        drafted.Slot.Draft.Add(token);
        if (drafted.Slot.Draft.Count < drafted.Limit && !_model.Vocabulary.IsEndOfGeneration(token))
            Add(drafted, token, output: true);
    }

    private void Add(DraftedSlot drafted, int token, bool output)
    {
        int place = _batch.Add(token, drafted.Cache.Count, drafted.Slot.Id, output);
        drafted.Cache.Add(token);
        if (output)
            drafted.Output = place;
    }

    private int Best(float* logits)
    {
        int best = 0;
        for (int token = 1; token < _vocabulary; token++)
        {
            if (logits[token] > logits[best])
                best = token;
        }
        return best;
    }

    // Guesses that fail cost speed only: the slots go on without.
    private void Forget(List<Slot> slots)
    {
        foreach (Slot slot in slots)
        {
            _memory.Clear(slot.Id);
            _slots[slot.Id].Cache.Clear();
            slot.Draft.Clear();
        }
    }
}
