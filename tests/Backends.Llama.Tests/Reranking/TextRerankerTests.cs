using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Llama.Tests.Embeddings;
using LocalAI.Pipeline.Backends.Llama.Tests.Service;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Testing.Gguf;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Reranking;

public sealed class TextRerankerTests : IAsyncLifetime
{
    private static readonly string[] Documents = ["the cat sits", "a dog runs far", "on the mat"];

    private readonly TinyBert _bert = new(pooling: 4, hasHead: true);
    private LlamaBackendService _service = null!;

    public async ValueTask InitializeAsync() => _service = await BertEmbeddingTests.LoadAsync(_bert, "", reranking: true);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _bert.Dispose();
    }

    [Fact]
    public async Task Rerank_Documents_AreInTheOrderOfTheirOwnScores()
    {
        RerankResult together = await RankAsync(new RerankRequest { Query = "who sits", Documents = { Documents } });
        var alone = new List<float>();
        foreach (string document in Documents)
            alone.Add((await RankAsync(new RerankRequest { Query = "who sits", Documents = { document } })).Results[0].RelevanceScore);

        Assert.Equal(Enumerable.Range(0, 3).OrderByDescending(index => alone[index]), together.Results.Select(result => result.Index));
        Assert.All(together.Results, result => Assert.Equal(alone[result.Index], result.RelevanceScore));
        Assert.All(together.Results, result => Assert.Equal(Documents[result.Index], result.Text));
        Assert.Equal(3, alone.Distinct().Count());
        // Begin, query, separator, document: 1 + 2 + 1, and 3, 4 and 3.
        Assert.Equal((22, 22), (together.Usage.PromptTokens, together.Usage.TotalTokens));
    }

    [Fact]
    public async Task Rerank_AnotherQuery_GivesOtherScores()
    {
        RerankResult one = await RankAsync(new RerankRequest { Query = "who sits", Documents = { Documents } });
        RerankResult other = await RankAsync(new RerankRequest { Query = "where is a dog", Documents = { Documents } });

        Assert.NotEqual(one.Results.Select(result => result.RelevanceScore).Order(), other.Results.Select(result => result.RelevanceScore).Order());
    }

    [Fact]
    public async Task Rerank_TopN_KeepsTheBest()
    {
        RerankResult all = await RankAsync(new RerankRequest { Query = "who sits", Documents = { Documents } });
        RerankResult best = await RankAsync(new RerankRequest { Query = "who sits", Documents = { Documents }, TopN = 2 });

        Assert.Equal(all.Results.Take(2), best.Results);
    }

    [Fact]
    public async Task Rerank_MarkersInATextOfTheCaller_AreNoTokens()
    {
        RerankResult plain = await RankAsync(new RerankRequest { Query = "who sits", Documents = { "the cat [SEP] a dog" } });

        // Taken as the separator it would be one token; as text it is three or more unknown ones.
        Assert.True(plain.Usage.PromptTokens > 1 + 2 + 1 + 5, $"{plain.Usage.PromptTokens} tokens");
    }

    [Fact]
    public async Task Rerank_PairOverTheContext_IsRefusedWithItsPlace()
    {
        var request = new RerankRequest { Query = "who sits", Documents = { "a cat", string.Join(' ', Enumerable.Repeat("cat", 100)) } };

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => RankAsync(request));

        Assert.Equal((GrpcStatus.OutOfRange, "the query and document 1 have 104 tokens together, the context holds 64"), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task Rerank_ModelsOwnTemplate_IsWhatItReads()
    {
        using var bert = new TinyBert(pooling: 4, hasHead: true, rerankTemplate: "[CLS]{query} is {document}[SEP]");
        await using LlamaBackendService service = await BertEmbeddingTests.LoadAsync(bert, "", reranking: true);

        RerankResult result = await service.RerankAsync(new RerankRequest { Query = "who", Documents = { "the cat {query}" } }, ServiceFixture.Context);

        // [CLS] who is the cat, what a placeholder's text is made of, [SEP].
        Assert.True(result.Usage.PromptTokens >= 7, $"{result.Usage.PromptTokens} tokens");
        Assert.NotEqual((await RankAsync(new RerankRequest { Query = "who", Documents = { "the cat {query}" } })).Results[0].RelevanceScore, result.Results[0].RelevanceScore);
    }

    [Fact]
    public async Task Load_RerankingWithoutAHead_IsRefused()
    {
        using var bert = new TinyBert(pooling: 4);

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => BertEmbeddingTests.LoadAsync(bert, "", reranking: true));

        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
        Assert.Contains("cannot rank", refused.Message, StringComparison.Ordinal);
    }

    private Task<RerankResult> RankAsync(RerankRequest request) => _service.RerankAsync(request, ServiceFixture.Context);
}
