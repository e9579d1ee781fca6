using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class ContextShiftTests
{
    private const int Context = 64;

    private static readonly GenerationRequest Story = TinyChat.Prompt("Once upon a time") with
    {
        MaxTokens = 300,
        Sampling = new() { IgnoreEndOfGeneration = true },
    };

    [Fact]
    public async Task Answer_LongerThanTheContext_EndsThereByDefault()
    {
        await using LlamaEngine engine = Engine(shift: false);
        GeneratedText answer = await engine.RunAsync(Story);

        Assert.Equal((Context - Story.Prompt.Length + 1, FinishReason.Length), (answer.Generated, answer.Summary.Reason));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Answer_LongerThanTheContext_GoesOnWithShift(int keep)
    {
        await using LlamaEngine engine = Engine(shift: true);
        GeneratedText answer = await engine.RunAsync(Story with { Keep = keep });

        Assert.Equal((300, FinishReason.Length), (answer.Generated, answer.Summary.Reason));
    }

    [Fact]
    public async Task Answer_WithoutALimit_EndsAfterSomeContexts()
    {
        await using LlamaEngine engine = Engine(shift: true);
        GeneratedText answer = await engine.RunAsync(Story with { MaxTokens = 0 });

        Assert.InRange(answer.Generated, 16 * Context, 17 * Context);
        Assert.Equal(FinishReason.Length, answer.Summary.Reason);
    }

    [Fact]
    public async Task Prompt_AfterAShift_GoesOnFromNothingThatMoved()
    {
        await using LlamaEngine engine = Engine(shift: true);
        GenerationRequest seeded = Story with { MaxTokens = 20, Sampling = new() { IgnoreEndOfGeneration = true, Seed = 3 } };
        GeneratedText cold = await engine.RunAsync(seeded);
        GeneratedText all = await engine.RunAsync(Story);
        // It begins as the cache that was shifted goes on, behind the one token that stayed.
        Generation behind = engine.Submit(seeded with { Prompt = [Story.Prompt[0], .. all.Tokens.TakeLast(20)] });
        await GeneratedText.ReadAsync(behind);
        Assert.InRange(behind.CachedTokens, 0, 1);

        Assert.Equal(cold.Tokens, (await engine.RunAsync(seeded)).Tokens);
    }

    [Fact]
    public async Task Continuation_LongerThanTheContext_GoesOnWithShift()
    {
        await using LlamaEngine engine = Engine(shift: true);
        string text = string.Concat(Enumerable.Repeat(" and then", 80));
        GenerationRequest request = TinyChat.Prompt("Once upon a time" + text) with { Continuation = text, MaxTokens = 8, Sampling = new() { IgnoreEndOfGeneration = true } };

        Assert.Equal(8, (await engine.RunAsync(request)).Generated);
        Assert.Throws<ContextOverflowException>(() => engine.Submit(request with { Continuation = "" }));
    }

    private static LlamaEngine Engine(bool shift) => new(TinyChat.Model, TinyChat.Settings with { Slots = 1, ContextSize = Context, ContextShift = shift });
}
