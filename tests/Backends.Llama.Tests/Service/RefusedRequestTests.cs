using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

public sealed class RefusedRequestTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly LlamaBackendService _service = fixture.Service;

    public static TheoryData<string, string> BadRequests => new()
    {
        { """{"Grammar":"root ::= \"a"}""", "not closed" },
        { """{"GrammarLazy":true,"Grammar":"root ::= \"a\""}""", "triggers" },
        { """{"LogitBias":"nonsense"}""", "LogitBias is not JSON" },
        { """{"LogitBias":"{\"99999\": 1}"}""", "token 99999" },
        { """{"LogitBias":"{\"-1\": 1}"}""", "token -1" },
        { """{"LogitBias":"{\"1\": \"x\"}"}""", "LogitBias has the bias" },
        { """{"LogitBias":"5"}""", "LogitBias is an object" },
        { """{"Temperature":"NaN"}""", "Temperature is not a finite number" },
        { """{"MinP":"Infinity"}""", "MinP is not a finite number" },
        { """{"Mirostat":3}""", "Mirostat is 3" },
        { """{"TopLogprobs":1000}""", "TopLogprobs is 1000" },
        { """{"Images":["aGk="]}""", "text only" },
        { """{"Tools":"{"}""", "Tools is not JSON" },
        { """{"Tools":"{}"}""", "Tools is not a JSON array" },
        { """{"Metadata":{"chat_template_kwargs":"[]"}}""", "not a JSON object" },
        { """{"Metadata":{"continue_final_message":"perhaps"}}""", "continue_final_message" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Predict_BadRequest_IsInvalidArgumentWithTheReason(string json, string reason)
    {
        PredictOptions request = Google.Protobuf.JsonParser.Default.Parse<PredictOptions>(json);
        request.UseTokenizerTemplate = true;
        request.Messages.Add(new Message { Role = "user", Content = "Hi" });

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => _service.PredictAsync(request, ServiceFixture.Context));

        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_PromptBeyondTheContext_NamesBothNumbers()
    {
        var request = new PredictOptions { Prompt = string.Concat(Enumerable.Repeat("word ", 2000)) };

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => _service.PredictAsync(request, ServiceFixture.Context));

        Assert.Equal(GrpcStatus.OutOfRange, refused.Status);
        Assert.Matches("the prompt has [0-9]{4,} tokens, the context holds 512", refused.Message);
    }

    [Fact]
    public async Task AnyCall_OtherModelIdentity_IsNotFound()
    {
        var request = new PredictOptions { Prompt = "Hi", ModelIdentity = "another" };

        Assert.Equal(GrpcStatus.NotFound, (await Assert.ThrowsAsync<BackendCallException>(() => _service.PredictAsync(request, ServiceFixture.Context))).Status);
        Assert.Equal(GrpcStatus.NotFound, (await Assert.ThrowsAsync<BackendCallException>(() => _service.TokenizeStringAsync(request, ServiceFixture.Context))).Status);
        Assert.Equal(GrpcStatus.NotFound, (await Assert.ThrowsAsync<BackendCallException>(() => _service.EmbeddingAsync(request, ServiceFixture.Context))).Status);
    }

    [Fact]
    public async Task Detokenize_TokenThatDoesNotExist_IsInvalidArgument()
    {
        var refused = await Assert.ThrowsAsync<BackendCallException>(
            () => _service.DetokenizeAsync(new DetokenizeRequest { Tokens = { 1, 1_000_000 } }, ServiceFixture.Context));

        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
    }

    [Fact]
    public async Task Rerank_ModelThatWasNotLoadedForIt_IsUnimplemented()
    {
        var refused = await Assert.ThrowsAsync<BackendCallException>(() => _service.RerankAsync(new RerankRequest(), ServiceFixture.Context));

        Assert.Equal(GrpcStatus.Unimplemented, refused.Status);
    }
}
