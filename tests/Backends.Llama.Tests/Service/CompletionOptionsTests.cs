using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

/// <summary>What llama.cpp's server lets a completion say, and our protocol carries in fields of its own.</summary>
public sealed class CompletionOptionsTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly LlamaBackendService _service = fixture.Service;

    private static string Prompt => TinyChat.ChatPrompt("Tell me a story.");

    [Fact]
    public async Task Predict_PromptTokens_AreThePromptAsTheyAre()
    {
        int[] tokens = TinyChat.Model.Vocabulary.Tokenize(Prompt, addSpecial: true);
        var request = new PredictOptions { Prompt = "something else", PromptTokens = { tokens }, Tokens = 12 };

        Reply reply = await PredictAsync(request);

        Assert.Equal(tokens.Length, reply.PromptTokens);
        Assert.Equal((await PredictAsync(new PredictOptions { Prompt = Prompt, Tokens = 12 })).Message, reply.Message);
    }

    [Fact]
    public async Task Predict_UnknownPromptToken_IsRefused()
        => await RefusedAsync(new PredictOptions { PromptTokens = { TinyChat.Model.Vocabulary.Size } });

    [Fact]
    public async Task Predict_PromptOnly_FillsTheCacheAndGeneratesNothing()
    {
        var request = new PredictOptions { Prompt = "A prompt that no other test has: zebra crossing.", PromptOnly = true };
        Reply warm = await PredictAsync(request);
        request.PromptOnly = false;
        request.Tokens = 1;
        Reply next = await PredictAsync(request);

        Assert.Equal((0, "", "length"), (warm.Tokens, warm.Message.ToStringUtf8(), warm.FinishReason));
        Assert.True(warm.PromptTokens > 1);
        Assert.Equal(warm.PromptTokens - 1, next.CachedTokens);
    }

    [Fact]
    public async Task Predict_IgnorePromptCache_EvaluatesAllAnew()
    {
        var request = new PredictOptions { Prompt = Prompt, Tokens = 1 };
        await PredictAsync(request);
        int cached = (await PredictAsync(request)).CachedTokens;
        request.IgnorePromptCache = true;

        Assert.True(cached > 0);
        Assert.Equal(0, (await PredictAsync(request)).CachedTokens);
    }

    [Fact]
    public async Task Predict_Samplers_AreAppliedWhereTheyAreNamedAndOnlyThere()
    {
        string best = await StoryAsync(new PredictOptions());

        Assert.Equal(best, await StoryAsync(new PredictOptions { Temperature = 5, Seed = 3, TopK = 1, Samplers = { "temperature", "top_k" } }));
        Assert.Equal(best, await StoryAsync(new PredictOptions { Temperature = 0, TopP = 0.9f, Samplers = { "top_p", "temperature" } }));
        Assert.NotEqual(best, await StoryAsync(new PredictOptions { Temperature = 5, Seed = 3, TopK = 1, Samplers = { "temperature" } }));
    }

    [Fact]
    public async Task Predict_SamplersInAnotherOrder_GiveAnotherText()
    {
        // Cutting before the heat leaves the few that were good when it was cold.
        string cutFirst = await StoryAsync(new PredictOptions { Temperature = 4, Seed = 3, MinP = 0.2f, Samplers = { "min_p", "temperature" } });
        string hotFirst = await StoryAsync(new PredictOptions { Temperature = 4, Seed = 3, MinP = 0.2f, Samplers = { "temperature", "min_p" } });

        Assert.NotEqual(cutFirst, hotFirst);
    }

    [Fact]
    public async Task Predict_MinKeep_LeavesSoManyChoices()
    {
        string best = await StoryAsync(new PredictOptions());

        Assert.Equal(best, await StoryAsync(new PredictOptions { Temperature = 5, Seed = 3, MinP = 1 }));
        Assert.NotEqual(best, await StoryAsync(new PredictOptions { Temperature = 5, Seed = 3, MinP = 1, MinKeep = 40 }));
    }

    [Fact]
    public async Task Predict_DrySequenceBreakers_EndWhatCountsAsARepetition()
    {
        var letters = Enumerable.Range('a', 26).Select(letter => ((char)letter).ToString()).Append(" ").Append("<");
        string plain = await StoryAsync(new PredictOptions());

        Assert.NotEqual(plain, await StoryAsync(new PredictOptions { DryMultiplier = 5, DryAllowedLength = 1 }));
        Assert.Equal(plain, await StoryAsync(new PredictOptions { DryMultiplier = 5, DryAllowedLength = 1, DrySequenceBreakers = { letters } }));
    }

    [Fact]
    public async Task Predict_UnknownSamplerOrTooLongBreaker_IsRefused()
    {
        await RefusedAsync(new PredictOptions { Prompt = "a", Samplers = { "top_k", "magic" } });
        await RefusedAsync(new PredictOptions { Prompt = "a", Samplers = { Enumerable.Repeat("top_k", 33) } });
        await RefusedAsync(new PredictOptions { Prompt = "a", DryMultiplier = 1, DrySequenceBreakers = { new string('x', 41) } });
    }

    [Fact]
    public async Task Predict_LimitInTime_EndsAtALineEnd()
    {
        Reply reply = await PredictAsync(new PredictOptions { Prompt = Prompt, Tokens = 400, MaxPredictMilliseconds = 1, Grammar = "root ::= (\"abcdefgh\" \"\\n\")+" });

        Assert.EndsWith("\n", reply.Message.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Equal("length", reply.FinishReason);
        Assert.InRange(reply.Tokens, 2, 399);
    }

    [Fact]
    public async Task TokenizeString_Switches_AreHonoured()
    {
        int marker = Assert.Single(await TokensAsync("<|im_start|>"));

        Assert.True((await TokensAsync("<|im_start|>", ("parse_special", "false"))).Count > 1);
        Assert.Equal(TinyChat.Model.Vocabulary.Tokenize("Hi", addSpecial: true), await TokensAsync("Hi", ("add_special", "true")));
        var request = new PredictOptions { Prompt = "<|im_start|>größer", Metadata = { ["with_pieces"] = "true" } };
        TokenizationResponse response = await _service.TokenizeStringAsync(request, ServiceFixture.Context);
        Assert.Equal(marker, response.Tokens[0]);
        Assert.Equal("<|im_start|>größer", System.Text.Encoding.UTF8.GetString([.. response.Pieces.SelectMany(piece => piece)]));
        request.Metadata["with_pieces"] = "perhaps";
        Assert.Equal(GrpcStatus.InvalidArgument, (await Assert.ThrowsAsync<BackendCallException>(() => _service.TokenizeStringAsync(request, ServiceFixture.Context))).Status);
    }

    private async Task<IReadOnlyList<int>> TokensAsync(string text, params (string Name, string Value)[] switches)
    {
        var request = new PredictOptions { Prompt = text };
        foreach ((string name, string value) in switches)
            request.Metadata[name] = value;
        return [.. (await _service.TokenizeStringAsync(request, ServiceFixture.Context)).Tokens];
    }

    private async Task<string> StoryAsync(PredictOptions request)
    {
        request.Prompt = Prompt;
        request.Tokens = 48;
        request.IgnoreEOS = true;
        return (await PredictAsync(request)).Message.ToStringUtf8();
    }

    private Task<Reply> PredictAsync(PredictOptions request) => _service.PredictAsync(request, ServiceFixture.Context);

    private async Task RefusedAsync(PredictOptions request)
        => Assert.Equal(GrpcStatus.InvalidArgument, (await Assert.ThrowsAsync<BackendCallException>(() => PredictAsync(request))).Status);
}
