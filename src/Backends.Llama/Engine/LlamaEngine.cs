using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Grammars;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Llama.Sampling;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// Continuous batching: one context, some slots, one thread that runs a decode step for all of them together, over and over. While
/// there is nothing to do the thread sleeps.
/// </summary>
internal sealed class LlamaEngine : IAsyncDisposable
{
    // Four times what runs may wait (at least 32): the queue that matters is the worker's, which sends no more than there are slots.
    private const int WaitingPerSlot = 4;
    private const int LeastWaiting = 32;

    private readonly LlamaModel _model;
    private readonly ThreadPoolHandle _threads;
    private readonly LlamaContextHandle? _context;
    private readonly SlotTable? _slots;
    private readonly ContextShift? _shift;
    private readonly PromptCache? _store;
    private readonly Drafter? _drafter;
    private readonly DecodeStep? _step;
    private readonly AdmissionQueue _queue;
    private readonly EngineWork _work;
    private readonly LoraSet _lora;
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    /// <exception cref="InvalidModelException">There is not enough memory for the context, or the model does not allow its settings.</exception>
    internal LlamaEngine(LlamaModel model, ModelSettings settings)
    {
        _model = model;
        SlotCount = settings.Slots;
        _lora = new LoraSet(settings.LoraAdapters.Select(adapter => adapter.Scale));
        int waiting = Math.Max(LeastWaiting, settings.Slots * WaitingPerSlot);
        _queue = new AdmissionQueue(settings.Slots, waiting);
        _work = new EngineWork(settings.Slots, waiting);
        _threads = ThreadPoolHandle.Create(settings.Threads);
        if (model.CanGenerate)
        {
            using (EngineLog.ListenWith(Memory.Read))
                _context = ContextFactory.ForGeneration(model, settings, _threads);
            // llama.cpp rounds a context up; what was asked for holds.
            ContextSize = Math.Min(ContextFactory.SlotContext(model, settings), (int)LlamaNative.llama_n_ctx_seq(_context));
            var memory = new SequenceMemory(_context, model.SlidingWindow);
            if (settings.ContextShift && !memory.CanShift)
                throw Refused("context_shift: the cache of this model cannot be moved");
            _store = settings.PromptCacheBytes > 0 ? new PromptCache(settings.PromptCacheBytes) : null;
            _slots = new SlotTable(memory, settings.Slots, _store, model.IsRecurrent);
            Copies = new SlotCopies(_slots, memory);
            _shift = new ContextShift(_slots, ContextSize, settings.ContextShift);
            _drafter = settings.DraftPath is null ? null : NewDrafter(model, settings);
            _step = new DecodeStep(_context, model, _slots, _shift, _drafter, Statistics);
            _step.WarmUp();
        }
        new Thread(Run) { IsBackground = true, Name = "llama engine" }.Start();
    }

    internal int SlotCount { get; }

    internal int SlotsBusy => _slots?.Busy ?? 0;

    internal int Waiting => _queue.Count;

    /// <summary>Tokens that one slot holds; 0 when the model cannot generate.</summary>
    internal int ContextSize { get; }

    /// <summary>Bytes of prompts that left their slots.</summary>
    internal long PromptCacheBytes => _store?.Bytes ?? 0;

    /// <summary>The buffers of the context.</summary>
    internal MemoryReport Memory { get; } = new();

    internal EngineStatistics Statistics { get; } = new();

    /// <summary>Copies of slots; null when the model cannot generate.</summary>
    internal SlotCopies? Copies { get; }

    /// <summary>The scales of requests that have none of their own.</summary>
    internal LoraSet Lora => _lora;

    /// <summary>The pool that everything on the engine's thread may use.</summary>
    internal ThreadPoolHandle Threads => _threads;

    /// <summary>Puts a generation into the queue; its sampler, with the grammar, is made on the caller's thread.</summary>
    /// <exception cref="RequestInvalidException">The request cannot be served as it is.</exception>
    /// <exception cref="ContextOverflowException">The prompt is longer than the context.</exception>
    /// <exception cref="EngineFullException">Too much waits already.</exception>
    internal Generation Submit(GenerationRequest request)
    {
        if (_context is null)
            throw new RequestInvalidException("this model does not generate text");
        if (request.Prompt.Length == 0)
            throw new RequestInvalidException("the prompt is empty");
        request = request with
        {
            Prompt = _shift!.Fit(request.Prompt, request.Keep, request.Continuation.Length > 0),
            Scope = request.Scope.Lora.Equals(LoraSet.None) ? request.Scope with { Lora = _lora } : request.Scope,
        };
        if (request.Prompt.Length > ContextSize)
            throw new ContextOverflowException($"the prompt has {request.Prompt.Length} tokens, the context holds {ContextSize}");
        var generation = new Generation(request, SamplerFor(request));
        try
        {
            _queue.Add(generation);
        }
        catch (EngineFullException)
        {
            generation.Dispose();
            throw;
        }
        // The engine may have closed its queue just before.
        if (_stopping && _queue.Remove(generation))
        {
            generation.Dispose();
            throw new EngineStoppedException();
        }
        _wake.Set();
        return generation;
    }

    /// <summary>Ends a generation: at once while it waits, within one decode step while it runs.</summary>
    internal void Cancel(Generation generation)
    {
        generation.Cancel();
        if (_queue.Remove(generation))
            generation.Release();
        else
            _wake.Set();
    }

    /// <summary>Runs something else on the engine's thread, between two decode steps.</summary>
    internal Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        Task<T> task = _work.Add(work, cancellationToken);
        _wake.Set();
        return task;
    }

    /// <summary>Ends what runs and waits, and frees the context. The model stays.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _wake.Set();
        await _ended.Task.ConfigureAwait(false);
    }

    private Drafter NewDrafter(LlamaModel model, ModelSettings settings)
    {
        try
        {
            return new Drafter(model, settings, ContextSize, _threads);
        }
        catch (InvalidModelException e)
        {
            throw Refused("draft_model: " + e.Message);
        }
    }

    private InvalidModelException Refused(string reason)
    {
        _context?.Dispose();
        _threads.Dispose();
        return new InvalidModelException(reason);
    }

    private TokenSampler SamplerFor(GenerationRequest request)
    {
        GrammarConstraint? grammar = null;
        try
        {
            if (request.Grammar.Length > 0)
            {
                grammar = new GrammarConstraint(_model.Vocabulary, request.Grammar, request.Triggers);
                grammar.AcceptText(request.Continuation);
            }
            var sampler = new TokenSampler(_model.Vocabulary, request.Sampling, grammar);
            foreach (int token in request.Prompt.AsSpan(^Math.Min(request.Prompt.Length, Remembered(request.Sampling))..))
                sampler.Recall(token);
            return sampler;
        }
        catch (GrammarException e)
        {
            grammar?.Dispose();
            throw new RequestInvalidException(e.Message);
        }
    }

    private static int Remembered(SamplingSettings sampling) => Math.Max(0, Math.Max(sampling.RepeatLastN, sampling.Dry.LastN));

    private void Run()
    {
        while (!_stopping)
        {
            if (!Step())
                _wake.WaitOne();
        }
        Close();
    }

    private bool Step()
    {
        try
        {
            if (_slots is null)
                return _work.RunNext();
            LeaveCancelled(_slots);
            AssignWaiting(_slots);
            bool worked = _work.RunNext();
            bool stepped = _step!.Run();
            return stepped || worked;
        }
        catch (Exception e)
        {
            // A defect here must not leave callers waiting for ever: they get it as their failure, and the slots are free again.
            _step?.FailAll(new EngineFailedException($"the engine failed: {e.Message}"));
            return true;
        }
    }

    private static void LeaveCancelled(SlotTable slots)
    {
        foreach (Slot slot in slots.All)
        {
            if (slot.Generation is { IsCancelled: true } generation)
                DecodeStep.Leave(slot, generation);
        }
    }

    private void AssignWaiting(SlotTable slots)
    {
        while (slots.HasFree && _queue.Next() is { } generation)
        {
            if (generation.IsCancelled)
            {
                generation.Release();
                continue;
            }
            generation.Times.PromptBegins();
            slots.Assign(generation);
        }
    }

    private void Close()
    {
        _step?.FailAll(new EngineStoppedException());
        while (_queue.Next() is { } generation)
        {
            generation.Output.Fail(new EngineStoppedException());
            generation.Release();
        }
        _work.Close();
        _step?.Dispose();
        _drafter?.Dispose();
        _context?.Dispose();
        _threads.Dispose();
        _ended.SetResult();
    }
}
