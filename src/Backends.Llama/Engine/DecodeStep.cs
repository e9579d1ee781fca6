using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Grammars;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Llama.Sampling;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>One step of all slots together: evaluate, choose a token for each, hand it on or end. For the engine thread only.</summary>
internal sealed unsafe class DecodeStep : IDisposable
{
    private readonly LlamaContextHandle _context;
    private readonly Vocabulary _vocabulary;
    private readonly SlotTable _slots;
    private readonly EngineStatistics _statistics;
    private readonly ContextShift _shift;
    private readonly AdapterScales _adapters;
    private readonly LlamaBatchHandle _batch;
    private readonly BatchBuilder _builder;
    private readonly CandidateBuffer _candidates;
    private readonly HashSet<OutputFeed> _feeds = [];

    internal DecodeStep(LlamaContextHandle context, LlamaModel model, SlotTable slots, ContextShift shift, Drafter? drafter, EngineStatistics statistics)
    {
        _context = context;
        _vocabulary = model.Vocabulary;
        _slots = slots;
        _shift = shift;
        _statistics = statistics;
        _adapters = new AdapterScales(context, model.Adapters);
        _batch = new LlamaBatchHandle((int)LlamaNative.llama_n_batch(context));
        _builder = new BatchBuilder(_batch, drafter, shift.ContextSize);
        _candidates = new CandidateBuffer(model.Vocabulary.Size);
    }

    /// <summary>Evaluates one token, so that loading and not the first request pays for reading the weights.</summary>
    internal void WarmUp()
    {
        _batch.Clear();
        _batch.Add(0, 0, 0, output: true);
        int result = LlamaNative.llama_decode(_context, _batch.Native);
        if (result != 0)
            throw new InvalidModelException($"llama.cpp cannot evaluate with this model (code {result}) {EngineLog.LastErrors()}");
        LlamaNative.llama_memory_clear(LlamaNative.llama_get_memory(_context), data: 0);
    }

    /// <returns>False when there was nothing to do.</returns>
    internal bool Run()
    {
        int promptTokens = _builder.Build(_slots.All);
        if (_batch.Count == 0)
            return false;
        EngineLog.Forget();
        _adapters.Apply(_builder.Lora!);
        int result = LlamaNative.llama_decode(_context, _batch.Native);
        if (result != 0)
        {
            FailAll(new EngineFailedException($"llama.cpp could not evaluate {_batch.Count} tokens (code {result}) {EngineLog.LastErrors()}"));
            return true;
        }
        _statistics.PromptEvaluated(promptTokens);
        foreach (Slot slot in _slots.All)
        {
            if (slot.Output < 0)
                continue;
            if (slot.Generation!.Output.Feed is { } feed)
                _feeds.Add(feed);
            ContinueAll(slot, slot.Generation);
        }
        TellFeeds();
        return true;
    }

    /// <summary>Ends everything that is in a slot.</summary>
    internal void FailAll(Exception failure)
    {
        foreach (Slot slot in _slots.All)
        {
            if (slot.Generation is not { } generation)
                continue;
            _slots.Forget(slot);
            generation.Output.Fail(failure);
            Leave(slot, generation);
        }
    }

    /// <summary>Takes a generation out of its slot, whose cache stays as it is.</summary>
    internal static void Leave(Slot slot, Generation generation)
    {
        SlotTable.Free(slot);
        generation.Release();
    }

    public void Dispose()
    {
        _batch.Dispose();
        _candidates.Dispose();
    }

    // The chosen token's logits, and those behind each guess for as long as the guesses are what is chosen.
    private void ContinueAll(Slot slot, Generation generation)
    {
        int guesses = slot.Draft.Count, right = 0;
        slot.Cache.RemoveRange(slot.Cache.Count - guesses, guesses);
        Continue(slot, generation, slot.Output);
        while (slot.Generation is not null && right < guesses && slot.Next == slot.Draft[right])
        {
            slot.Cache.Add(slot.Draft[right++]);
            Continue(slot, generation, slot.Output + right);
        }
        if (guesses == 0)
            return;
        _statistics.DraftEvaluated(guesses, right);
        slot.DraftLimit = right + 1 + (right == guesses ? 1 : 0);
        DropGuesses(slot, guesses - right);
    }

    private void DropGuesses(Slot slot, int wrong)
    {
        try
        {
            _slots.DropGuesses(slot, wrong);
        }
        catch (EngineFailedException e)
        {
            if (slot.Generation is not { } generation)
                return;
            generation.Output.Fail(e);
            Leave(slot, generation);
        }
    }

    // Once for all that generated, whose tokens then travel together.
    private void TellFeeds()
    {
        foreach (OutputFeed feed in _feeds)
            feed.StepEnded();
        _feeds.Clear();
    }

    private void Continue(Slot slot, Generation generation, int output)
    {
        generation.Times.TokenComes();
        if (generation.Request.PromptOnly)
        {
            End(slot, generation, FinishReason.Length);
            return;
        }
        float* logits = LlamaNative.llama_get_logits_ith(_context, output);
        int token = generation.Sampler.Sample(logits, _candidates);
        if (token == TokenSampler.NoToken && !generation.Sampler.MayEnd())
        {
            generation.Output.Fail(new RequestInvalidException("the grammar and logit_bias together allow no further token"));
            Leave(slot, generation);
        }
        else if (token == TokenSampler.NoToken || _vocabulary.IsEndOfGeneration(token))
        {
            End(slot, generation, FinishReason.Stop);
        }
        else
        {
            Take(slot, generation, token, logits);
        }
    }

    private void Take(Slot slot, Generation generation, int token, float* logits)
    {
        try
        {
            generation.Sampler.Accept(token);
        }
        catch (GrammarException e)
        {
            generation.Output.Fail(new RequestInvalidException(e.Message));
            Leave(slot, generation);
            return;
        }
        byte[] logprob = generation.Request.TopLogprobs is int alternatives
            ? LogprobEntry.Write(new ReadOnlySpan<float>(logits, _vocabulary.Size), token, alternatives, _vocabulary)
            : [];
        generation.Text.Append(token, _vocabulary.Piece(token), logprob);
        _statistics.TokenGenerated();
        slot.Next = token;
        int limit = generation.Request.MaxTokens;
        if (generation.Text.StopFound is not null)
            End(slot, generation, FinishReason.StopSequence);
        else if ((limit > 0 && generation.Text.Generated >= limit) || IsOutOfTime(generation, token) || !_shift.HasRoom(slot, generation))
            End(slot, generation, FinishReason.Length);
    }

    // A limit in time ends at a line's end, so that what was written can be used.
    private bool IsOutOfTime(Generation generation, int token)
        => generation.Times.Tokens > generation.Request.TimeLimit && _vocabulary.Piece(token).Contains((byte)'\n');

    private void End(Slot slot, Generation generation, FinishReason reason)
    {
        _statistics.Ended(generation.Text.Generated, generation.Times.Tokens);
        // The slot is free before the caller hears of the end: whoever is told may send the next request at once.
        SlotTable.Free(slot);
        generation.Text.End(reason);
        generation.Release();
    }
}
