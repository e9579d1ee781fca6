using System.Text.Json;
using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Sampling;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class SamplingTests
{
    private static readonly GenerationRequest Story = TinyChat.Chat("Tell me a story.") with { MaxTokens = 48 };

    public static TheoryData<string> Methods => [.. Settings.Keys];

    private static Dictionary<string, SamplingSettings> Settings { get; } = new()
    {
        ["plain"] = new() { Temperature = 1.2f, Seed = 42 },
        ["cut"] = new() { Temperature = 1.2f, Seed = 42, TopK = 20, TopP = 0.9f, MinP = 0.02f, TypicalP = 0.95f, TopNSigma = 2 },
        ["penalties"] = new() { Temperature = 1.2f, Seed = 42, RepeatLastN = 32, RepeatPenalty = 1.2f, FrequencyPenalty = 0.3f, PresencePenalty = 0.2f },
        ["dry"] = new() { Temperature = 1.2f, Seed = 42, Dry = new DrySettings { Multiplier = 0.8f, LastN = 64 } },
        ["xtc"] = new() { Temperature = 1.2f, Seed = 42, XtcProbability = 0.5f, XtcThreshold = 0.1f },
        ["dynamic"] = new() { Temperature = 1.2f, Seed = 42, DynamicTemperatureRange = 0.5f },
        ["mirostat 1"] = new() { Temperature = 1.2f, Seed = 42, Mirostat = 1 },
        ["mirostat 2"] = new() { Temperature = 1.2f, Seed = 42, Mirostat = 2 },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Submit_SameSeed_GivesTheSameTextWhateverIsCached(string method)
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        GenerationRequest request = Story with { Sampling = Settings[method] };

        string cold = (await engine.RunAsync(request)).Text;
        string warm = (await engine.RunAsync(request)).Text;

        Assert.NotEmpty(cold);
        Assert.Equal(cold, warm);
    }

    [Fact]
    public async Task Submit_OtherSeeds_GiveOtherTexts()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        var texts = new HashSet<string>();
        for (uint seed = 1; seed <= 4; seed++)
            texts.Add((await engine.RunAsync(Story with { Sampling = new() { Temperature = 1.5f, Seed = seed } })).Text);

        Assert.True(texts.Count > 1);
    }

    [Fact]
    public async Task Submit_NoSeed_DrawsANewOneEachTime()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        var texts = new HashSet<string>();
        for (int i = 0; i < 4; i++)
            texts.Add((await engine.RunAsync(Story with { Sampling = new() { Temperature = 1.5f } })).Text);

        Assert.True(texts.Count > 1);
    }

    [Fact]
    public async Task Submit_TopKOfOne_IsGreedyAtAnyTemperature()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        GenerationRequest request = TinyChat.Chat("Say this is a test!") with { Sampling = new() { Temperature = 2, TopK = 1, Seed = 1 } };

        Assert.Equal("This is a test!", (await engine.RunAsync(request)).Text);
    }

    [Fact]
    public async Task Submit_BiasAgainstTheFirstToken_ChangesTheAnswer()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        int first = (await engine.RunAsync(TinyChat.Chat("Say this is a test!"))).Tokens[0];
        var sampling = new SamplingSettings { LogitBias = new Dictionary<int, float> { [first] = float.NegativeInfinity } };

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with { Sampling = sampling });

        Assert.DoesNotContain(first, answer.Tokens);
    }

    [Fact]
    public async Task Submit_BiasForOneToken_RepeatsIt()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        int token = TinyChat.Model.Vocabulary.Tokenize("!", addSpecial: false)[0];
        var sampling = new SamplingSettings { LogitBias = new Dictionary<int, float> { [token] = 1000 } };

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Hi") with { Sampling = sampling, MaxTokens = 5 });

        Assert.Equal("!!!!!", answer.Text);
    }

    [Fact]
    public async Task Submit_StrongPresencePenalty_LetsNoTokenComeTwice()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        var sampling = new SamplingSettings { RepeatLastN = 256, PresencePenalty = 1000, IgnoreEndOfGeneration = true };

        GeneratedText answer = await engine.RunAsync(Story with { Sampling = sampling });

        Assert.Equal(answer.Tokens.Count, answer.Tokens.Distinct().Count());
        Assert.Empty(answer.Tokens.Intersect(Story.Prompt));
    }

    [Fact]
    public async Task Submit_Logprobs_AreAProbabilityDistribution()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with { TopLogprobs = TinyChat.Model.Vocabulary.Size });

        using var json = JsonDocument.Parse(answer.Logprobs);
        Assert.Equal(answer.Tokens.Count, json.RootElement.GetArrayLength());
        foreach (JsonElement entry in json.RootElement.EnumerateArray())
        {
            JsonElement[] top = [.. entry.GetProperty("top_logprobs").EnumerateArray()];
            Assert.InRange(top.Sum(alternative => Math.Exp(alternative.GetProperty("logprob").GetDouble())), 0.999, 1.001);
            Assert.Equal(entry.GetProperty("logprob").GetDouble(), top[0].GetProperty("logprob").GetDouble());
            Assert.Equal(entry.GetProperty("token").GetString(), top[0].GetProperty("token").GetString());
        }
        Assert.Equal(answer.Text, string.Concat(json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("token").GetString())));
    }
}
