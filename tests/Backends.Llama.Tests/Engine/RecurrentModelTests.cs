using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Testing.Gguf;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

/// <summary>A model whose cache is a state that nothing can be cut out of.</summary>
public sealed class RecurrentModelTests : IAsyncLifetime
{
    private const int Context = 256;

    private readonly TinyMamba _file = new();
    private LlamaModel _model = null!;

    public ValueTask InitializeAsync()
    {
        _model = LlamaModel.Load(Settings);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _model.Dispose();
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private ModelSettings Settings => new() { Path = _file.Path, ContextSize = Context, Slots = 1, Threads = 1 };

    [Fact]
    public async Task Prompts_ThatBeginAlike_GiveWhatAFreshEngineGives()
    {
        int[] prompt = [.. Enumerable.Range(0, 100).Select(i => 3 + (i * 7 % 256))];
        int[] branch = [.. prompt[..50], .. Enumerable.Range(0, 40).Select(i => 3 + i)];
        await using var engine = new LlamaEngine(_model, Settings);
        GeneratedText first = await engine.RunAsync(Request(prompt));

        // The same again, another end, a longer one, and back: what is cached can be used as a whole or not at all.
        int[] longer = [.. prompt, .. first.Tokens, 20, 21];
        foreach (int[] next in (int[][])[prompt, branch, prompt, longer, branch, longer])
            Assert.Equal((await FreshAsync(next)).Tokens, (await engine.RunAsync(Request(next))).Tokens);
    }

    [Fact]
    public async Task Prompt_ThatGoesOn_IsNotEvaluatedAgain()
    {
        await using var engine = new LlamaEngine(_model, Settings);
        int[] prompt = [.. Enumerable.Range(3, 60)];
        GeneratedText first = await engine.RunAsync(Request(prompt));
        int[] longer = [.. prompt, .. first.Tokens, 20, 21];

        Generation second = engine.Submit(Request(longer));
        GeneratedText answer = await GeneratedText.ReadAsync(second);
        Assert.InRange(second.CachedTokens, prompt.Length, longer.Length);
        // Its state comes back from the host's memory after another prompt had the slot.
        await engine.RunAsync(Request([.. Enumerable.Range(100, 60)]));
        Generation third = engine.Submit(Request([.. longer, .. answer.Tokens, 22, 23]));
        await GeneratedText.ReadAsync(third);
        Assert.InRange(third.CachedTokens, longer.Length, longer.Length + answer.Tokens.Count);
    }

    [Fact]
    public async Task Answer_LongerThanTheContext_GoesOnWithShift()
    {
        await using var engine = new LlamaEngine(_model, Settings with { ContextShift = true });

        Assert.Equal(400, (await engine.RunAsync(Request([1, 10, 11]) with { MaxTokens = 400 })).Generated);
    }

    [Fact]
    public void DraftModel_OfARecurrentOne_IsRefused()
    {
        var refused = Assert.Throws<InvalidModelException>(() => new LlamaEngine(_model, Settings with { DraftPath = _file.Path }));

        Assert.Contains("recurrent", refused.Message, StringComparison.Ordinal);
    }

    private async Task<GeneratedText> FreshAsync(int[] prompt)
    {
        await using var engine = new LlamaEngine(_model, Settings);
        return await engine.RunAsync(Request(prompt));
    }

    private static GenerationRequest Request(int[] prompt) => new()
    {
        Prompt = prompt,
        MaxTokens = 8,
        Sampling = new() { Seed = 1, IgnoreEndOfGeneration = true },
    };
}
