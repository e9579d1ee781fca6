using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Llama.Tests.Service;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Testing.Gguf;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Embeddings;

/// <summary>Embeddings of a model that only encodes, which is how most embedding models are.</summary>
public sealed class BertEmbeddingTests
{
    [Fact]
    public async Task Embedding_TextAndItsTokens_AreTheSameVectorOfLengthOne()
    {
        using var bert = new TinyBert(pooling: 1);
        await using var service = await LoadAsync(bert, "");

        EmbeddingResult text = await service.EmbeddingAsync(new PredictOptions { Embeddings = "the cat sits" }, ServiceFixture.Context);
        EmbeddingResult tokens = await service.EmbeddingAsync(new PredictOptions { EmbeddingTokens = { TinyBert.ClsToken, 5, 6, 8, TinyBert.SepToken } }, ServiceFixture.Context);
        EmbeddingResult other = await service.EmbeddingAsync(new PredictOptions { Embeddings = "the dog runs" }, ServiceFixture.Context);

        Assert.Equal(TinyBert.Width, text.Embeddings.Count);
        Assert.Equal(5, text.PromptTokens);
        Assert.Equal(text.Embeddings, tokens.Embeddings);
        Assert.InRange(Math.Sqrt(text.Embeddings.Sum(value => (double)value * value)), 0.9999, 1.0001);
        Assert.True(Cosine(text, other) < 0.999);
    }

    [Fact]
    public async Task Embedding_EachPooling_GivesItsOwnVector()
    {
        using var bert = new TinyBert(pooling: 1);
        var vectors = new Dictionary<string, EmbeddingResult>();
        foreach (string pooling in (string[])["", "pooling:mean", "pooling:cls", "pooling:last"])
        {
            await using var service = await LoadAsync(bert, pooling);
            vectors[pooling] = await service.EmbeddingAsync(new PredictOptions { Embeddings = "the cat sits on the mat" }, ServiceFixture.Context);
        }

        // The file says mean, so that is what nothing means.
        Assert.Equal(vectors[""].Embeddings, vectors["pooling:mean"].Embeddings);
        Assert.True(Cosine(vectors["pooling:mean"], vectors["pooling:cls"]) < 0.999);
        Assert.True(Cosine(vectors["pooling:mean"], vectors["pooling:last"]) < 0.999);
        Assert.True(Cosine(vectors["pooling:cls"], vectors["pooling:last"]) < 0.999);
    }

    [Fact]
    public async Task Embedding_MeanOfOneToken_IsItsClsAndItsLast()
    {
        using var bert = new TinyBert();
        var vectors = new List<EmbeddingResult>();
        foreach (string pooling in (string[])["pooling:mean", "pooling:cls", "pooling:last"])
        {
            await using var service = await LoadAsync(bert, pooling);
            vectors.Add(await service.EmbeddingAsync(new PredictOptions { EmbeddingTokens = { 6 } }, ServiceFixture.Context));
        }

        Assert.InRange(Cosine(vectors[0], vectors[1]), 0.9999, 1.0001);
        Assert.InRange(Cosine(vectors[1], vectors[2]), 0.9999, 1.0001);
    }

    [Fact]
    public async Task Embedding_RankPooling_GivesTheHeadsScoreAsItIs()
    {
        using var bert = new TinyBert(hasHead: true);
        await using var service = await LoadAsync(bert, "pooling:rank", reranking: true);

        int[] pair = [TinyBert.ClsToken, 12, 14, TinyBert.SepToken, 5, 6, 8];
        EmbeddingResult embedded = await service.EmbeddingAsync(new PredictOptions { EmbeddingTokens = { pair } }, ServiceFixture.Context);
        RerankResult ranked = await service.RerankAsync(new RerankRequest { Query = "who is", Documents = { "the cat sits" } }, ServiceFixture.Context);

        Assert.Equal(ranked.Results[0].RelevanceScore, Assert.Single(embedded.Embeddings));
    }

    [Fact]
    public async Task Predict_OnAnEncoder_IsRefused()
    {
        using var bert = new TinyBert();
        await using var service = await LoadAsync(bert, "");

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => service.PredictAsync(new PredictOptions { Prompt = "the cat" }, ServiceFixture.Context));

        Assert.Equal((GrpcStatus.InvalidArgument, "this model does not generate text"), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task Embedding_TextOverTheContext_IsRefusedWithBothNumbers()
    {
        using var bert = new TinyBert();
        // More than the file has positions for.
        await using var service = await LoadAsync(bert, "", context: 4 * TinyBert.ContextSize);

        var refused = await Assert.ThrowsAsync<BackendCallException>(
            () => service.EmbeddingAsync(new PredictOptions { Embeddings = string.Join(' ', Enumerable.Repeat("cat", 200)) }, ServiceFixture.Context));

        Assert.Equal((GrpcStatus.OutOfRange, "the text has 202 tokens, the context holds 64"), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task Load_RankPoolingWithoutAHead_IsRefused()
    {
        using var bert = new TinyBert();

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => LoadAsync(bert, "pooling:rank"));

        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
        Assert.Contains("cannot rank", refused.Message, StringComparison.Ordinal);
    }

    internal static async Task<LlamaBackendService> LoadAsync(TinyBert bert, string option, bool reranking = false, int context = TinyBert.ContextSize)
    {
        var service = new LlamaBackendService(TimeProvider.System);
        try
        {
            var options = new ModelOptions { Model = "tiny-bert", ModelFile = bert.Path, ContextSize = context, Threads = 1, MMap = true, Embeddings = !reranking || option.Length > 0, Reranking = reranking };
            if (option.Length > 0)
                options.Options.Add(option);
            Assert.True((await service.LoadModelAsync(options, ServiceFixture.Context)).Success);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    private static double Cosine(EmbeddingResult a, EmbeddingResult b) => a.Embeddings.Zip(b.Embeddings, (x, y) => (double)x * y).Sum();
}
