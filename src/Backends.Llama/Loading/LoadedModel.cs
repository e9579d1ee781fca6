using LocalAI.Pipeline.Backends.Llama.Chat;
using LocalAI.Pipeline.Backends.Llama.Embeddings;
using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Reranking;

namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>A model in memory with everything that serves it.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(string identity, ModelSettings settings, LlamaModel model, LlamaEngine engine, ChatPrompt chat)
    {
        Identity = identity;
        Settings = settings;
        Model = model;
        Engine = engine;
        Chat = chat;
        Reranker = settings.Reranking ? new TextReranker(model, settings, engine) : null;
        // A model that does nothing else needs no switch.
        Embedder = settings.Embeddings || (!model.CanGenerate && Reranker is null) ? new TextEmbedder(model, settings, engine) : null;
    }

    /// <summary>The name that requests may insist on.</summary>
    internal string Identity { get; }

    internal ModelSettings Settings { get; }

    internal LlamaModel Model { get; }

    internal LlamaEngine Engine { get; }

    internal ChatPrompt Chat { get; }

    /// <summary>Null when the model was not loaded for embeddings.</summary>
    internal TextEmbedder? Embedder { get; }

    /// <summary>Null when the model was not loaded for reranking.</summary>
    internal TextReranker? Reranker { get; }

    /// <summary>Reads the file and creates the context: seconds to minutes, on the caller's thread.</summary>
    /// <exception cref="InvalidModelException">It cannot be used.</exception>
    internal static LoadedModel Load(string identity, ModelSettings settings, TimeProvider time)
    {
        LlamaModel model = LlamaModel.Load(settings);
        try
        {
            if (!model.Ranks && (settings.Reranking || settings.Pooling == PoolingType.Rank))
                throw new InvalidModelException("this model has no head that scores texts (cls.weight or cls.output.weight), so it cannot rank");
            return new LoadedModel(identity, settings, model, new LlamaEngine(model, settings), new ChatPrompt(model, time));
        }
        catch (InvalidModelException)
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Tokens of a prompt; the begin token is not doubled where a template has written it out.</summary>
    internal int[] TokenizePrompt(string prompt)
    {
        string bos = Model.Vocabulary.BosText;
        bool hasBos = bos.Length > 0 && prompt.StartsWith(bos, StringComparison.Ordinal);
        return Model.Vocabulary.Tokenize(prompt, addSpecial: !hasBos);
    }

    /// <summary>Ends what runs and frees the contexts. The weights stay until <see cref="Dispose"/>.</summary>
    internal async Task StopAsync()
    {
        if (Embedder is not null)
            await Embedder.DisposeAsync().ConfigureAwait(false);
        if (Reranker is not null)
            await Reranker.DisposeAsync().ConfigureAwait(false);
        await Engine.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => Model.Dispose();
}
