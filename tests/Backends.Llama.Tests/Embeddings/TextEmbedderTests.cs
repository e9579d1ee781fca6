using LocalAI.Pipeline.Backends.Llama.Embeddings;
using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Embeddings;

public sealed class TextEmbedderTests
{
    [Fact]
    public async Task Embed_Texts_GivesNormalisedStableVectorsThatTellThemApart()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        await using TextEmbedder embedder = Embedder(engine, null);

        float[] cat = await Embed(embedder, "The cat sits on the mat.");
        float[] again = await Embed(embedder, "The cat sits on the mat.");
        float[] other = await Embed(embedder, "Twelve plus thirty is forty-two.");

        Assert.Equal(256, cat.Length);
        Assert.Equal(cat, again);
        Assert.InRange(Math.Sqrt(cat.Sum(value => (double)value * value)), 0.9999, 1.0001);
        Assert.True(cat.Zip(other, (a, b) => a * b).Sum() < 0.999);
    }

    [Fact]
    public async Task Embed_OtherPooling_GivesAnotherVector()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        await using TextEmbedder mean = Embedder(engine, PoolingType.Mean);
        await using TextEmbedder last = Embedder(engine, PoolingType.Last);

        Assert.NotEqual(await Embed(mean, "The cat sits on the mat."), await Embed(last, "The cat sits on the mat."));
    }

    [Fact]
    public async Task Embed_WhileAChatRuns_BothWork()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        await using TextEmbedder embedder = Embedder(engine, null);
        Task<GeneratedText> chat = engine.RunAsync(TinyChat.Chat("Say this is a test!"));

        float[][] vectors = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Embed(embedder, "The cat sits on the mat.")));

        Assert.All(vectors, vector => Assert.Equal(vectors[0], vector));
        Assert.Equal("This is a test!", (await chat).Text);
    }

    [Fact]
    public async Task Embed_EmptyOrTooLongText_IsRefused()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        await using TextEmbedder embedder = Embedder(engine, null);

        Assert.Throws<RequestInvalidException>(() => { _ = embedder.EmbedAsync([], TestTimeout.Token); });
        Assert.Throws<ContextOverflowException>(() => { _ = embedder.EmbedAsync(new int[513], TestTimeout.Token); });
    }

    private static TextEmbedder Embedder(LlamaEngine engine, PoolingType? pooling)
        => new(TinyChat.Model, TinyChat.Settings with { Embeddings = true, Pooling = pooling }, engine);

    private static async Task<float[]> Embed(TextEmbedder embedder, string text)
        => await embedder.EmbedAsync(TinyChat.Model.Vocabulary.Tokenize(text, addSpecial: true), TestTimeout.Token).OrTimeout("an embedding");
}
