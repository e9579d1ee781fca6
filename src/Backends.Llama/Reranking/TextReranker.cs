using LocalAI.Pipeline.Backends.Llama.Embeddings;
using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Reranking;

/// <summary>Scores how well a document answers a query: the model reads both together, and its head gives the score.</summary>
internal sealed class TextReranker(LlamaModel model, ModelSettings settings, LlamaEngine engine) : IAsyncDisposable
{
    private readonly PooledContext _context = new(model, settings, engine, PoolingType.Rank);
    private readonly string? _template = model.RerankTemplate;
    private readonly PairMarks _marks = model.Vocabulary.PairMarks;

    /// <summary>What the model reads.</summary>
    /// <param name="index">The document's place, for the message.</param>
    /// <exception cref="ContextOverflowException">It is longer than the context.</exception>
    internal int[] Pair(string query, string document, int index)
    {
        int[] pair = _template is null ? Marked(query, document) : Rendered(_template, query, document);
        return pair.Length > 0 && pair.Length <= _context.Limit
            ? pair
            : throw new ContextOverflowException($"the query and document {index} have {pair.Length} tokens together, the context holds {_context.Limit}");
    }

    /// <returns>Higher is better; the scale is the model's.</returns>
    internal async Task<float> ScoreAsync(int[] pair, CancellationToken cancellationToken)
        => (await _context.EvaluateAsync(pair, cancellationToken).ConfigureAwait(false))[0];

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private int[] Marked(string query, string document)
        => [.. _marks.Begin, .. Text(query), .. _marks.Between, .. Text(document), .. _marks.End];

    // Markers in the caller's texts must not end a text early.
    private int[] Text(string text) => model.Vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false);

    // The template's markers are tokens, and so are the callers': there the template's author draws the line, as in llama.cpp.
    private int[] Rendered(string template, string query, string document)
        => model.Vocabulary.Tokenize(RerankTemplate.Render(template, query, document), addSpecial: false);
}
