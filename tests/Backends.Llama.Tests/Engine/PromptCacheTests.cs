using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class PromptCacheTests
{
    private static readonly CacheScope Alice = new("alice", LoraSet.None);
    private static readonly CacheScope Bob = new("bob", LoraSet.None);

    [Fact]
    public async Task Prompt_OfAnotherOwner_IsEvaluatedAnew()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        GenerationRequest request = Long("red");

        Assert.Equal(0, await CachedAsync(engine, request with { Scope = Alice }));
        Assert.Equal(0, await CachedAsync(engine, request with { Scope = Bob }));
        Assert.Equal(request.Prompt.Length - 1, await CachedAsync(engine, request with { Scope = Bob }));
    }

    [Fact]
    public async Task Prompt_ThatAnotherPushedOut_ComesBackFromTheHostsMemory()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        GenerationRequest request = Long("red") with { Scope = Alice, Sampling = new() { Seed = 1 } };
        GeneratedText cold = await engine.RunAsync(request);
        await CachedAsync(engine, Long("blue") with { Scope = Bob });

        Generation again = engine.Submit(request);
        GeneratedText warm = await GeneratedText.ReadAsync(again);

        Assert.Equal(request.Prompt.Length - 1, again.CachedTokens);
        Assert.Equal(cold.Tokens, warm.Tokens);
        Assert.True(engine.PromptCacheBytes > 0);
        // What Alice left in the host's memory is not Bob's.
        Assert.Equal(0, await CachedAsync(engine, request with { Scope = Bob }));
    }

    [Fact]
    public async Task Prompt_WithoutHostMemory_IsEvaluatedAnew()
    {
        await using var engine = new LlamaEngine(TinyChat.Model, TinyChat.Settings with { Slots = 1, PromptCacheBytes = 0 });
        await CachedAsync(engine, Long("red"));
        await CachedAsync(engine, Long("blue"));

        // The begin token and the role are all that they share.
        Assert.InRange(await CachedAsync(engine, Long("red")), 0, 8);
        Assert.Equal(0, engine.PromptCacheBytes);
    }

    [Fact]
    public void Find_SeveralCopies_GivesTheLongestOfItsScope()
    {
        var cache = new PromptCache(1 << 20);
        cache.Add(Alice, [.. Tokens(0, 60), 7, 7], [2]);
        cache.Add(Alice, Tokens(0, 40), [1]);
        cache.Add(Bob, Tokens(0, 100), [3]);
        int[] prompt = [.. Tokens(0, 100)];

        Assert.Equal([2], cache.Find(Alice, prompt, 0, whole: false)!.Value.State);
        Assert.Equal([1], cache.Find(Alice, prompt, 0, whole: true)!.Value.State);
        Assert.Equal([3], cache.Find(Bob, prompt, 0, whole: false)!.Value.State);
        // What a slot has anyway is not worth a copy of little more.
        Assert.Null(cache.Find(Alice, prompt, 60 - PromptCache.LeastTokens + 1, whole: false));
        Assert.Null(cache.Find(new CacheScope("alice", new LoraSet([1])), prompt, 0, whole: false));
    }

    [Fact]
    public void Add_OverTheLimit_DropsWhatWasUsedLeast()
    {
        var cache = new PromptCache(3000);
        cache.Add(Alice, Tokens(0, 40), new byte[1000]);
        cache.Add(Alice, Tokens(1000, 40), new byte[1000]);
        Assert.NotNull(cache.Find(Alice, [.. Tokens(0, 40)], 0, whole: false));
        cache.Add(Alice, Tokens(2000, 40), new byte[1000]);

        Assert.NotNull(cache.Find(Alice, [.. Tokens(0, 40)], 0, whole: false));
        Assert.Null(cache.Find(Alice, [.. Tokens(1000, 40)], 0, whole: false));
        Assert.InRange(cache.Bytes, 2000, 3000);
        Assert.False(cache.Fits(3001));
    }

    [Fact]
    public void Add_WhatGoesOnFromACopy_TakesItsPlace()
    {
        var cache = new PromptCache(1 << 20);
        cache.Add(Alice, Tokens(0, 40), new byte[10]);
        cache.Add(Alice, Tokens(0, 50), new byte[10]);

        Assert.Equal(10 + (50 * sizeof(int)), cache.Bytes);
        Assert.True(cache.Holds(Alice, [.. Tokens(0, 40)]));
        Assert.False(cache.Holds(Bob, [.. Tokens(0, 40)]));
    }

    private static List<int> Tokens(int from, int count) => [.. Enumerable.Range(from, count)];

    private static GenerationRequest Long(string word) => TinyChat.Chat(string.Join(' ', Enumerable.Repeat(word, 60))) with { MaxTokens = 4 };

    private static async Task<int> CachedAsync(LlamaEngine engine, GenerationRequest request)
    {
        Generation generation = engine.Submit(request);
        await GeneratedText.ReadAsync(generation);
        return generation.CachedTokens;
    }
}
