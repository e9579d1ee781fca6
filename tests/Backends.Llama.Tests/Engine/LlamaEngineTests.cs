using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class LlamaEngineTests
{
    [Fact]
    public async Task Submit_ChatGreedily_SaysTheTrainedSentence()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!"));

        Assert.Equal("This is a test!", answer.Text);
        Assert.Equal(new GenerationSummary(FinishReason.Stop, null), answer.Summary);
        Assert.Equal(answer.Tokens.Count, answer.Generated);
        Assert.Equal("This is a test!", TinyChat.Model.Vocabulary.Detokenize([.. answer.Tokens]));
    }

    [Fact]
    public async Task Submit_TokenLimit_EndsWithLength()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with { MaxTokens = 2 });

        Assert.Equal("This is", answer.Text);
        Assert.Equal(2, answer.Generated);
        Assert.Equal(FinishReason.Length, answer.Summary.Reason);
    }

    [Fact]
    public async Task Submit_MoreThanTheContextHolds_EndsWithLengthWhenItIsFull()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1, context: 60);
        GenerationRequest request = TinyChat.Prompt("Once upon a time") with { MaxTokens = 0, Sampling = new() { IgnoreEndOfGeneration = true } };

        GeneratedText answer = await engine.RunAsync(request);

        Assert.Equal(FinishReason.Length, answer.Summary.Reason);
        Assert.Equal(60 - request.Prompt.Length + 1, answer.Generated);
    }

    [Fact]
    public async Task Submit_PromptLongerThanTheContext_IsRefusedWithBothNumbers()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1, context: 60);
        GenerationRequest request = TinyChat.Prompt(string.Concat(Enumerable.Repeat("word ", 200)));

        var refused = Assert.Throws<ContextOverflowException>(() => engine.Submit(request));

        Assert.Contains($"{request.Prompt.Length} tokens", refused.Message, StringComparison.Ordinal);
        Assert.Contains("holds 60", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_EmptyPrompt_IsRefused()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);

        Assert.Throws<RequestInvalidException>(() => engine.Submit(new GenerationRequest { Prompt = [] }));
    }

    [Fact]
    public async Task Submit_PromptOfSeveralBatches_GivesTheSameAsInOneBatch()
    {
        GenerationRequest request = TinyChat.Prompt(string.Concat(Enumerable.Repeat("<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\nHello! How can I help you?<|im_end|>\n", 4)) + TinyChat.ChatPrompt("Say this is a test!"));
        await using LlamaEngine small = TinyChat.Engine(slots: 2, batch: 16);

        GeneratedText answer = await small.RunAsync(request);

        Assert.True(request.Prompt.Length > 32);
        Assert.Equal("This is a test!", answer.Text);
    }

    [Fact]
    public async Task Submit_TwiceTheSamePrompt_ReusesAllButTheLastToken()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        GenerationRequest request = TinyChat.Chat("Say this is a test!");
        Generation first = engine.Submit(request);
        GeneratedText cold = await GeneratedText.ReadAsync(first);
        Generation second = engine.Submit(request);
        GeneratedText warm = await GeneratedText.ReadAsync(second);

        Assert.Equal(0, first.CachedTokens);
        Assert.Equal(request.Prompt.Length - 1, second.CachedTokens);
        Assert.Equal(cold.Text, warm.Text);
    }

    [Fact]
    public async Task Submit_OtherPromptAfterwards_ReusesTheCommonBeginningOnly()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        await engine.RunAsync(TinyChat.Chat("Say this is a test!"));
        GenerationRequest other = TinyChat.Chat("Say hello world!");
        Generation generation = engine.Submit(other);
        GeneratedText warm = await GeneratedText.ReadAsync(generation);
        await using LlamaEngine fresh = TinyChat.Engine(slots: 1);

        Assert.InRange(generation.CachedTokens, 1, other.Prompt.Length - 2);
        Assert.Equal((await fresh.RunAsync(other)).Text, warm.Text);
    }

    [Fact]
    public async Task Statistics_AfterAGeneration_CountItsTokens()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        GenerationRequest request = TinyChat.Chat("Say this is a test!");

        GeneratedText answer = await engine.RunAsync(request);

        Assert.Equal(request.Prompt.Length, engine.Statistics.PromptTokens);
        Assert.Equal(answer.Generated, engine.Statistics.GeneratedTokens);
        Assert.True(engine.Statistics.TokensPerSecond > 0);
    }

    [Fact]
    public async Task Memory_OfAContext_NamesCacheAndComputeBuffers()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        Assert.True(engine.Memory.Bytes["kv"] > 0);
        Assert.True(engine.Memory.Bytes["compute"] > 0);
    }
}
