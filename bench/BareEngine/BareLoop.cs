using System.Collections.Concurrent;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Llama.Sampling;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.BareEngine;

/// <summary>Decodes one token of every stream in each step, and prompts in what is left of the batch.</summary>
internal sealed class BareLoop : IAsyncDisposable
{
    private readonly BlockingCollection<BareStream> _waiting = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ThreadPoolHandle _threads;
    private readonly LlamaContextHandle _context;
    private readonly LlamaBatchHandle _batch;
    private readonly CandidateBuffer _candidates;
    private readonly LlamaSamplerHandle _sampler;
    private readonly BareStream?[] _slots;

    public BareLoop(LlamaModel model, ModelSettings settings)
    {
        _threads = ThreadPoolHandle.Create(settings.Threads);
        _context = ContextFactory.ForGeneration(model, settings, _threads);
        _batch = new LlamaBatchHandle(settings.BatchSize);
        _candidates = new CandidateBuffer(model.Vocabulary.Size);
        // Temperature 0, as the backend is asked for.
        _sampler = SamplerChain.Create(model.Vocabulary, new SamplingSettings { Temperature = 0, IgnoreEndOfGeneration = true }, 1);
        _slots = new BareStream?[settings.Slots];
        new Thread(Run) { IsBackground = true, Name = "bare engine" }.Start();
    }

    public Task<StreamTimes> Add(BareStream stream)
    {
        _waiting.Add(stream);
        return stream.Done;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _ended.Task;
        _waiting.Dispose();
        _sampler.Dispose();
        _candidates.Dispose();
        _batch.Dispose();
        _context.Dispose();
        _threads.Dispose();
    }

    private void Run()
    {
        while (Assign())
        {
            Build();
            if (LlamaNative.llama_decode(_context, _batch.Native) != 0)
            {
                Array.ForEach(_slots, stream => stream?.Fail("llama.cpp could not decode"));
                break;
            }

            for (var slot = 0; slot < _slots.Length; slot++)
            {
                Choose(slot);
            }
        }

        _ended.SetResult();
    }

    private bool Assign()
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is null && _waiting.TryTake(out _slots[slot]))
            {
                LlamaNative.llama_memory_seq_rm(LlamaNative.llama_get_memory(_context), slot, -1, -1);
            }
        }

        if (Array.Exists(_slots, stream => stream is not null))
        {
            return true;
        }

        if (!_waiting.TryTake(out _slots[0], Timeout.Infinite))
        {
            return false;
        }

        LlamaNative.llama_memory_seq_rm(LlamaNative.llama_get_memory(_context), 0, -1, -1);
        return true;
    }

    private void Build()
    {
        _batch.Clear();
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is { Next: { } token } stream)
            {
                stream.Output = _batch.Add(token, stream.Position++, slot, output: true);
            }
        }

        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is not { Next: null } stream)
            {
                continue;
            }

            stream.Output = -1;
            var left = stream.PromptLeft;
            for (var index = 0; index < left.Length && _batch.Free > 0; index++)
            {
                var isLast = index == left.Length - 1;
                var place = _batch.Add(left[index], stream.Position++, slot, isLast);
                stream.Output = isLast ? place : -1;
            }
        }
    }

    private unsafe void Choose(int slot)
    {
        if (_slots[slot] is not { Output: >= 0 } stream)
        {
            return;
        }

        var all = _candidates.All(LlamaNative.llama_get_logits_ith(_context, stream.Output));
        LlamaNative.llama_sampler_apply(_sampler, &all);
        stream.Take(all.data[all.selected].id);
        _slots[slot] = stream.IsDone ? null : stream;
    }
}
