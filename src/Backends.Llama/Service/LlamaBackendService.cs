using System.Runtime.CompilerServices;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>The backend protocol over one llama.cpp model. What is not overridden answers UNIMPLEMENTED.</summary>
internal sealed class LlamaBackendService : BackendService, IAsyncDisposable
{
    private readonly ModelHolder _holder = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly StepFeeds _feeds = new();
    private readonly TimeProvider _time;

    internal LlamaBackendService(TimeProvider time) => _time = time;

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context)
        => Task.FromResult(new Reply { Message = ByteString.CopyFromUtf8("OK") });

    /// <summary>Loads a model, in place of the one that is loaded.</summary>
    public override async Task<Result> LoadModelAsync(ModelOptions request, BackendCallContext context)
    {
        ModelSettings settings = ModelOptionsReader.Read(request);
        await _loading.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        try
        {
            await _holder.FreeAsync().ConfigureAwait(false);
            // Reading weights takes a thread for as long as it takes; it is the only thing this process does then.
            LoadedModel model = await Task.Run(() => LoadedModel.Load(request.Model, settings, _time), context.CancellationToken).ConfigureAwait(false);
            _holder.Put(model);
            return new Result { Success = true, Message = $"{model.Model.Description()}, {model.Engine.SlotCount} slots of {model.Engine.ContextSize} tokens" };
        }
        catch (Exception e) when (CallErrors.IsExpected(e))
        {
            throw CallErrors.From(e);
        }
        finally
        {
            _loading.Release();
        }
    }

    public override async Task<Result> FreeAsync(HealthMessage request, BackendCallContext context)
    {
        await _loading.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        try
        {
            await _holder.FreeAsync().ConfigureAwait(false);
            return new Result { Success = true };
        }
        finally
        {
            _loading.Release();
        }
    }

    public override async Task<Reply> PredictAsync(PredictOptions request, BackendCallContext context)
    {
        var whole = new WholeReply();
        await foreach (Reply part in PredictStreamAsync(request, context).ConfigureAwait(false))
            whole.Add(part);
        return whole.ToReply();
    }

    public override async IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take(request.ModelIdentity);
        LoadedModel model = lease.Model;
        string prompt = Expected(() => PredictReader.Prompt(request, model, context.CancellationToken));
        if (request.RenderOnly)
        {
            yield return new Reply { Message = ByteString.CopyFromUtf8(prompt), PromptTokens = PredictReader.Tokens(request, prompt, model).Length };
            yield break;
        }
        StepFeed? feed = request.StepFeed.Length > 0 ? _feeds.Find(request.StepFeed) : null;
        Generation generation = Expected(() => model.Engine.Submit(PredictReader.Request(request, prompt, model)));
        try
        {
            var writer = new ReplyWriter(generation, PromptTokens(model, request, prompt, generation), prompt + request.Continuation, request.ReturnTokens);
            if (feed is not null)
            {
                await FeedAsync(feed, request.StepGeneration, generation, writer, context.CancellationToken).ConfigureAwait(false);
                yield break;
            }
            await foreach (GenerationChunk chunk in ReadAsync(generation, context.CancellationToken).ConfigureAwait(false))
                yield return writer.Write(chunk);
        }
        finally
        {
            // Also when the caller is gone: the slot is free within one decode step, and the lease ends after it.
            model.Engine.Cancel(generation);
            await generation.Released.ConfigureAwait(false);
        }
    }

    public override IAsyncEnumerable<Step> FollowStepsAsync(FollowRequest request, BackendCallContext context) => _feeds.FollowAsync(context.CancellationToken);

    public override Task<TokenizationResponse> TokenizeStringAsync(PredictOptions request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take(request.ModelIdentity);
        return Task.FromResult(Expected(() => TokenCalls.Tokenize(request, lease.Model, context.CancellationToken)));
    }

    public override Task<DetokenizeResponse> DetokenizeAsync(DetokenizeRequest request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take("");
        int[] tokens = TokenCalls.Checked(lease.Model, request.Tokens);
        return Task.FromResult(new DetokenizeResponse { Content = lease.Model.Model.Vocabulary.Detokenize(tokens) });
    }

    /// <summary>Embeds EmbeddingTokens, else Embeddings, else Prompt.</summary>
    public override async Task<EmbeddingResult> EmbeddingAsync(PredictOptions request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take(request.ModelIdentity);
        if (lease.Model.Embedder is not { } embedder)
            throw CallErrors.Unsupported("the model was not loaded for embeddings (embeddings: true)");
        string text = request.Embeddings.Length > 0 ? request.Embeddings : request.Prompt;
        int[] tokens = request.EmbeddingTokens.Count > 0 ? TokenCalls.Checked(lease.Model, request.EmbeddingTokens) : lease.Model.TokenizePrompt(text);
        try
        {
            float[] vector = await embedder.EmbedAsync(tokens, context.CancellationToken).ConfigureAwait(false);
            return new EmbeddingResult { Embeddings = { vector }, Dim = vector.Length, Tokens = tokens.Length, PromptTokens = tokens.Length, Layout = EmbeddingLayout.Final };
        }
        catch (Exception e) when (CallErrors.IsExpected(e))
        {
            throw CallErrors.From(e);
        }
    }

    /// <summary>Scores every document; <c>top_n</c> over 0 keeps the best so many.</summary>
    public override async Task<RerankResult> RerankAsync(RerankRequest request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take(request.ModelIdentity);
        if (lease.Model.Reranker is not { } reranker)
            throw CallErrors.Unsupported("the model was not loaded for reranking (reranking: true)");
        try
        {
            return await RerankCall.RunAsync(reranker, request, context.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (CallErrors.IsExpected(e))
        {
            throw CallErrors.From(e);
        }
    }

    public override Task<StatusResponse> StatusAsync(HealthMessage request, BackendCallContext context)
    {
        bool isLoading = _loading.CurrentCount == 0;
        if (isLoading || !_holder.IsLoaded)
            return Task.FromResult(new StatusResponse { State = isLoading ? StatusResponse.Types.State.Busy : StatusResponse.Types.State.Uninitialized });
        using ModelLease lease = _holder.Take("");
        return Task.FromResult(ModelReport.Status(lease.Model));
    }

    public override async Task<SlotState> ChangeSlotAsync(SlotChange request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take("");
        try
        {
            return await SlotCalls.RunAsync(request, lease.Model, context.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (CallErrors.IsExpected(e))
        {
            throw CallErrors.From(e);
        }
    }

    public override Task<MetricsResponse> GetMetricsAsync(MetricsRequest request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take("");
        return Task.FromResult(ModelReport.Metrics(lease.Model));
    }

    public override Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, BackendCallContext context)
    {
        using ModelLease lease = _holder.Take("");
        return Task.FromResult(ModelReport.Metadata(lease.Model));
    }

    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync().ConfigureAwait(false);
        _loading.Dispose();
    }

    /// <summary>The replies go through the feed; here is only the end. The last of them may leave after it.</summary>
    private static async Task FeedAsync(StepFeed feed, long id, Generation generation, ReplyWriter writer, CancellationToken cancellationToken)
    {
        feed.Add(id, generation.Output, writer);
        try
        {
            await generation.Output.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            feed.Remove(generation.Output);
            if (CallErrors.IsExpected(e))
                throw CallErrors.From(e);
            throw;
        }
    }

    private static async IAsyncEnumerable<GenerationChunk> ReadAsync(Generation generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GenerationChunk chunk;
        do
        {
            chunk = await NextAsync(generation, cancellationToken).ConfigureAwait(false);
            yield return chunk;
        }
        while (chunk.Summary is null);
    }

    private static async ValueTask<GenerationChunk> NextAsync(Generation generation, CancellationToken cancellationToken)
    {
        try
        {
            return await generation.Output.TakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (CallErrors.IsExpected(e))
        {
            throw CallErrors.From(e);
        }
    }

    private static int PromptTokens(LoadedModel model, PredictOptions request, string prompt, Generation generation)
        => request.Continuation.Length == 0 ? generation.Request.Prompt.Length : PredictReader.Tokens(request, prompt, model).Length;

    private static T Expected<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (CallErrors.IsExpected(e))
        {
            throw CallErrors.From(e);
        }
    }
}
