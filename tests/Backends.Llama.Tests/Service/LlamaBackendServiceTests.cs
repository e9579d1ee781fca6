using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

public sealed class LlamaBackendServiceTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly LlamaBackendService _service = fixture.Service;

    [Fact]
    public async Task Predict_Chat_GivesTheAnswerWithItsCounts()
    {
        Reply reply = await _service.PredictAsync(ServiceFixture.Chat("Say this is a test!"), ServiceFixture.Context);

        Assert.Equal("This is a test!", reply.Message.ToStringUtf8());
        Assert.Equal("stop", reply.FinishReason);
        Assert.True(reply.Tokens > 0);
        Assert.True(reply.PromptTokens > 0);
        Assert.EndsWith("<|im_start|>assistant\n", reply.RenderedPromptTail, StringComparison.Ordinal);
        Assert.True(reply.RenderedPromptTail.Length <= 64);
        Assert.Empty(reply.TokenIds);
        Assert.True(reply.Logprobs.IsEmpty);
    }

    [Fact]
    public async Task PredictStream_Chat_GivesTheSameInParts()
    {
        PredictOptions request = ServiceFixture.Chat("Say this is a test!");
        request.ReturnTokens = true;
        request.Logprobs = 1;
        request.TopLogprobs = 2;
        Reply whole = await _service.PredictAsync(request, ServiceFixture.Context);

        List<Reply> parts = await StreamAsync(request);

        Assert.Equal(whole.Message.ToStringUtf8(), string.Concat(parts.Select(part => part.Message.ToStringUtf8())));
        Assert.Equal(whole.TokenIds, parts.SelectMany(part => part.TokenIds));
        Assert.Equal(Tokens(whole), parts.Where(part => !part.Logprobs.IsEmpty).SelectMany(Tokens));
        Assert.Equal(whole.Tokens, parts[^1].Tokens);
        Assert.All(parts[..^1], part => Assert.Empty(part.FinishReason));
        Assert.Equal("stop", parts[^1].FinishReason);
        Assert.All(parts[1..], part => Assert.Empty(part.RenderedPromptTail));
    }

    [Fact]
    public async Task Predict_StopString_TellsWhich()
    {
        PredictOptions request = ServiceFixture.Chat("Say this is a test!");
        request.StopPrompts.AddRange(["zzz", " a "]);

        Reply reply = await _service.PredictAsync(request, ServiceFixture.Context);

        Assert.Equal("This is", reply.Message.ToStringUtf8());
        Assert.Equal("stop_sequence", reply.FinishReason);
        Assert.Equal(" a ", reply.StopSequence);
    }

    [Fact]
    public async Task Predict_Continuation_GoesOnAndCountsThePromptWithoutIt()
    {
        PredictOptions request = ServiceFixture.Chat("Say this is a test!");
        int promptTokens = (await _service.PredictAsync(request, ServiceFixture.Context)).PromptTokens;
        request.Continuation = "This is";

        Reply reply = await _service.PredictAsync(request, ServiceFixture.Context);

        Assert.Equal(" a test!", reply.Message.ToStringUtf8());
        Assert.Equal(promptTokens, reply.PromptTokens);
        Assert.EndsWith("assistant\nThis is", reply.RenderedPromptTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_RenderOnly_GivesThePromptAndGeneratesNothing()
    {
        PredictOptions request = ServiceFixture.Chat("Hi");
        request.RenderOnly = true;

        Reply reply = await _service.PredictAsync(request, ServiceFixture.Context);

        Assert.Equal(TinyChat.ChatPrompt("Hi"), reply.Message.ToStringUtf8());
        Assert.Equal(TinyChat.Model.Vocabulary.Tokenize(TinyChat.ChatPrompt("Hi"), addSpecial: true).Length, reply.PromptTokens);
        Assert.Equal(0, reply.Tokens);
    }

    [Fact]
    public async Task Predict_ToolsAndKwargs_ReachTheTemplate()
    {
        PredictOptions request = ServiceFixture.Chat("What is the weather in Paris?");
        request.Tools = """[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}]""";
        request.Metadata["chat_template_kwargs"] = """{"enable_thinking": true}""";
        request.RenderOnly = true;

        string prompt = (await _service.PredictAsync(request, ServiceFixture.Context)).Message.ToStringUtf8();

        Assert.Contains("get_weather", prompt, StringComparison.Ordinal);
        Assert.EndsWith("<think>\n", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PredictStream_CallerGivesUp_FreesTheSlot()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestTimeout.Token);
        var request = new PredictOptions { Prompt = "Once upon a time", IgnoreEOS = true };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Reply _ in _service.PredictStreamAsync(request, new BackendCallContext(caller.Token)))
                await caller.CancelAsync();
        });

        // The stream ends after its slot is free, so nothing needs to be waited for here.
        Assert.Equal("This is a test!", (await _service.PredictAsync(ServiceFixture.Chat("Say this is a test!"), ServiceFixture.Context)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task TokenizeAndDetokenize_Text_RoundTrips()
    {
        TokenizationResponse tokens = await _service.TokenizeStringAsync(new PredictOptions { Prompt = "Hello, wörld!" }, ServiceFixture.Context);
        DetokenizeResponse text = await _service.DetokenizeAsync(new DetokenizeRequest { Tokens = { tokens.Tokens } }, ServiceFixture.Context);

        Assert.Equal(tokens.Tokens.Count, tokens.Length);
        Assert.Equal("Hello, wörld!", text.Content);
    }

    [Fact]
    public async Task Embedding_Text_IsOneNormalisedVector()
    {
        EmbeddingResult result = await _service.EmbeddingAsync(new PredictOptions { Embeddings = "The cat sits on the mat." }, ServiceFixture.Context);

        Assert.Equal(256, result.Dim);
        Assert.Equal(256, result.Embeddings.Count);
        Assert.InRange(Math.Sqrt(result.Embeddings.Sum(value => (double)value * value)), 0.9999, 1.0001);
        Assert.True(result.PromptTokens > 0);
    }

    [Fact]
    public async Task HealthStatusMetricsMetadata_OfALoadedModel_TellAboutIt()
    {
        await _service.PredictAsync(ServiceFixture.Chat("Say this is a test!"), ServiceFixture.Context);

        Reply health = await _service.HealthAsync(new HealthMessage(), ServiceFixture.Context);
        StatusResponse status = await _service.StatusAsync(new HealthMessage(), ServiceFixture.Context);
        MetricsResponse metrics = await _service.GetMetricsAsync(new MetricsRequest(), ServiceFixture.Context);
        ModelMetadataResponse metadata = await _service.ModelMetadataAsync(new ModelOptions(), ServiceFixture.Context);

        Assert.Equal("OK", health.Message.ToStringUtf8());
        Assert.Equal(StatusResponse.Types.State.Ready, status.State);
        Assert.Equal(4, status.Slots);
        Assert.Equal(status.Memory.Total, status.Memory.Breakdown.Values.Aggregate(0UL, (sum, bytes) => sum + bytes));
        Assert.True(status.Memory.Breakdown["model"] > 3_000_000);
        Assert.True(metrics.TokensGenerated > 0);
        Assert.Equal(512, metadata.ContextSize);
        Assert.Equal("llama", metadata.Architecture);
        Assert.Equal(2048, metadata.VocabularySize);
        Assert.True(metadata.SupportsThinking);
        Assert.EndsWith("<think>\n", metadata.RenderedTemplate, StringComparison.Ordinal);
        Assert.Contains("tool_call", metadata.ChatTemplate, StringComparison.Ordinal);
    }

    private async Task<List<Reply>> StreamAsync(PredictOptions request)
    {
        var parts = new List<Reply>();
        await foreach (Reply part in _service.PredictStreamAsync(request, ServiceFixture.Context))
            parts.Add(part);
        return parts;
    }

    private static IEnumerable<string> Tokens(Reply reply)
    {
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(reply.Logprobs.Span));
        return [.. json.RootElement.GetProperty("content").EnumerateArray().Select(entry => entry.GetRawText())];
    }
}
