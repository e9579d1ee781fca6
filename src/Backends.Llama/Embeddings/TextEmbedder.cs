using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Embeddings;

/// <summary>A text as a vector of its meaning.</summary>
internal sealed class TextEmbedder(LlamaModel model, ModelSettings settings, LlamaEngine engine) : IAsyncDisposable
{
    private readonly PooledContext _context = new(model, settings, engine, settings.Pooling);

    /// <returns>The pooled vector, of length 1; with rank pooling the scores of the model's head, as they are.</returns>
    /// <exception cref="RequestInvalidException">The text is empty.</exception>
    /// <exception cref="ContextOverflowException">It is longer than the context.</exception>
    internal Task<float[]> EmbedAsync(int[] tokens, CancellationToken cancellationToken)
    {
        if (tokens.Length == 0)
            throw new RequestInvalidException("the text to embed is empty");
        return tokens.Length > _context.Limit
            ? throw new ContextOverflowException($"the text has {tokens.Length} tokens, the context holds {_context.Limit}")
            : VectorAsync(tokens, cancellationToken);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private async Task<float[]> VectorAsync(int[] tokens, CancellationToken cancellationToken)
    {
        float[] vector = await _context.EvaluateAsync(tokens, cancellationToken).ConfigureAwait(false);
        double length = _context.IsRank ? 1 : Math.Sqrt(vector.Sum(value => (double)value * value));
        for (int i = 0; i < vector.Length && length > 0; i++)
            vector[i] = (float)(vector[i] / length);
        return vector;
    }
}
