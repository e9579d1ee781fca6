using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Embeddings;

/// <summary>
/// Embeds one text at a time, in a context of its own that is made when the first text comes, so that a chat model can do both.
/// Every method runs on the engine's thread (<see cref="LlamaEngine.RunAsync"/>), except <see cref="EmbedAsync"/>.
/// </summary>
internal sealed class TextEmbedder(LlamaModel model, ModelSettings settings, LlamaEngine engine) : IAsyncDisposable
{
    private LlamaContextHandle? _context;
    private LlamaBatchHandle? _batch;

    /// <summary>Dimensions of an embedding.</summary>
    internal int Dimensions => LlamaNative.llama_model_n_embd_out(model.Handle);

    /// <returns>The pooled vector, of length 1.</returns>
    /// <exception cref="RequestInvalidException">The text is empty or longer than the context.</exception>
    internal Task<float[]> EmbedAsync(int[] tokens, CancellationToken cancellationToken)
    {
        int limit = ContextFactory.SlotContext(model, settings);
        if (tokens.Length == 0)
            throw new RequestInvalidException("the text to embed is empty");
        return tokens.Length > limit
            ? throw new RequestInvalidException($"the text has {tokens.Length} tokens, the context holds {limit}")
            : engine.RunAsync(() => Embed(tokens), cancellationToken);
    }

    /// <summary>Frees the context on the engine's thread, while the engine still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
            await engine.RunAsync(Close, CancellationToken.None).ConfigureAwait(false);
    }

    private float[] Embed(int[] tokens)
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
        LlamaContextHandle context = ContextFactory.ForEmbedding(model, settings, engine.Threads, settings.Pooling ?? (PoolingType)fromModel);
        if (LlamaNative.llama_pooling_type(context) != (int)PoolingType.None)
            return context;
        context.Dispose();
        return ContextFactory.ForEmbedding(model, settings, engine.Threads, PoolingType.Mean);
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
            throw new EngineFailedException("the model gave no embedding");
        float[] vector = new ReadOnlySpan<float>(values, Dimensions).ToArray();
        double length = Math.Sqrt(vector.Sum(value => (double)value * value));
        for (int i = 0; i < vector.Length && length > 0; i++)
            vector[i] = (float)(vector[i] / length);
        return vector;
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
