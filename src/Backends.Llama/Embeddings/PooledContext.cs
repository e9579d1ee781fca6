using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Embeddings;

/// <summary>
/// Evaluates one text at a time to one vector, in a context of its own that is made when the first text comes, so that a chat
/// model can do both. Every method runs on the engine's thread (<see cref="LlamaEngine.RunAsync"/>), except
/// <see cref="EvaluateAsync"/>.
/// </summary>
/// <param name="pooling">How the vectors of a text become one; null: as the model says, else their mean.</param>
internal sealed class PooledContext(LlamaModel model, ModelSettings settings, LlamaEngine engine, PoolingType? pooling) : IAsyncDisposable
{
    private LlamaContextHandle? _context;
    private LlamaBatchHandle? _batch;

    /// <summary>Tokens that a text may have.</summary>
    internal int Limit { get; } = LimitOf(model, ContextFactory.SlotContext(model, settings));

    /// <summary>Whether the vector is the scores of the model's head instead of the text's meaning. Known when a text was evaluated.</summary>
    internal bool IsRank { get; private set; }

    /// <returns>The pooled vector as the model gives it.</returns>
    internal Task<float[]> EvaluateAsync(int[] tokens, CancellationToken cancellationToken) => engine.RunAsync(() => Evaluate(tokens), cancellationToken);

    /// <summary>Frees the context on the engine's thread, while the engine still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
            await engine.RunAsync(Close, CancellationToken.None).ConfigureAwait(false);
    }

    // Encoders mostly learn their positions: llama.cpp would read behind the last of them.
    private static int LimitOf(LlamaModel model, int context)
        => model.CanGenerate || model.TrainedContext <= 0 ? context : Math.Min(context, model.TrainedContext);

    private float[] Evaluate(int[] tokens)
    {
        _context ??= Open();
        _batch ??= new LlamaBatchHandle((int)LlamaNative.llama_n_batch(_context));
        ClearMemory(_context);
        _batch.Clear();
        for (int i = 0; i < tokens.Length; i++)
            _batch.Add(tokens[i], i, 0, output: true);
        EngineLog.Forget();
        int result = EncodesOnly
            ? LlamaNative.llama_encode(_context, _batch.Native)
            : LlamaNative.llama_decode(_context, _batch.Native);
        return result == 0
            ? Read(_context)
            : throw new EngineFailedException($"llama.cpp could not evaluate {tokens.Length} tokens (code {result}) {EngineLog.LastErrors()}");
    }

    private bool EncodesOnly => LlamaNative.llama_model_has_encoder(model.Handle) != 0 && LlamaNative.llama_model_has_decoder(model.Handle) == 0;

    // Only pooled output has one vector a text: a chat model, which pools nothing by itself, gets the mean.
    private LlamaContextHandle Open()
    {
        const int fromModel = -1;
        LlamaContextHandle context = ContextFactory.ForEmbedding(model, settings, engine.Threads, pooling ?? (PoolingType)fromModel);
        if (LlamaNative.llama_pooling_type(context) == (int)PoolingType.None)
        {
            context.Dispose();
            context = ContextFactory.ForEmbedding(model, settings, engine.Threads, PoolingType.Mean);
        }
        IsRank = LlamaNative.llama_pooling_type(context) == (int)PoolingType.Rank;
        if (!IsRank || model.Ranks)
            return context;
        context.Dispose();
        throw new InvalidModelException("the model says that it ranks, but has no head for it: choose another pooling (options: pooling:cls)");
    }

    private static void ClearMemory(LlamaContextHandle context)
    {
        nint memory = LlamaNative.llama_get_memory(context);
        if (memory != 0)
            LlamaNative.llama_memory_clear(memory, data: 0);
    }

    private unsafe float[] Read(LlamaContextHandle context)
    {
        float* values = LlamaNative.llama_get_embeddings_seq(context, 0);
        if (values is null)
            throw new EngineFailedException("the model gave no vector");
        int length = IsRank ? (int)LlamaNative.llama_model_n_cls_out(model.Handle) : LlamaNative.llama_model_n_embd_out(model.Handle);
        return new ReadOnlySpan<float>(values, length).ToArray();
    }

    private bool Close()
    {
        _batch?.Dispose();
        _context?.Dispose();
        _context = null;
        _batch = null;
        return true;
    }
}
