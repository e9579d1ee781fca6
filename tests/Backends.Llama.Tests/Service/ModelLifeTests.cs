using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

public sealed class ModelLifeTests
{
    [Fact]
    public async Task AnyCall_BeforeLoad_IsFailedPrecondition()
    {
        await using var service = new LlamaBackendService(TimeProvider.System);

        Assert.Equal(GrpcStatus.FailedPrecondition, (await Assert.ThrowsAsync<BackendCallException>(() => service.PredictAsync(new PredictOptions(), ServiceFixture.Context))).Status);
        Assert.Equal(GrpcStatus.FailedPrecondition, (await Assert.ThrowsAsync<BackendCallException>(() => service.ModelMetadataAsync(new ModelOptions(), ServiceFixture.Context))).Status);
        Assert.Equal(StatusResponse.Types.State.Uninitialized, (await service.StatusAsync(new HealthMessage(), ServiceFixture.Context)).State);
    }

    [Fact]
    public async Task Free_WhileAGenerationRuns_EndsItAndUnloads()
    {
        await using var service = new LlamaBackendService(TimeProvider.System);
        await service.LoadModelAsync(ServiceFixture.Options, ServiceFixture.Context);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<BackendCallException> ended = Assert.ThrowsAsync<BackendCallException>(async () =>
        {
            var endless = new PredictOptions { Prompt = "Once upon a time", IgnoreEOS = true };
            while (true)
            {
                await foreach (Reply _ in service.PredictStreamAsync(endless, ServiceFixture.Context))
                    begun.TrySetResult();
            }
        });
        await begun.Task.OrTimeout("the first token");

        Result freed = await service.FreeAsync(new HealthMessage(), ServiceFixture.Context);

        Assert.True(freed.Success);
        Assert.Contains((await ended).Status, new[] { GrpcStatus.Unavailable, GrpcStatus.FailedPrecondition });
        Assert.Equal(StatusResponse.Types.State.Uninitialized, (await service.StatusAsync(new HealthMessage(), ServiceFixture.Context)).State);
        Assert.True((await service.LoadModelAsync(ServiceFixture.Options, ServiceFixture.Context)).Success);
        Assert.Equal("This is a test!", (await service.PredictAsync(ServiceFixture.Chat("Say this is a test!"), ServiceFixture.Context)).Message.ToStringUtf8());
    }

    [Theory]
    [InlineData("""{"Options":["turbo:9"]}""", "turbo:9")]
    [InlineData("""{"Options":["context_shift:perhaps"]}""", "context_shift:perhaps")]
    [InlineData("""{"Options":["cache_ram:-1"]}""", "cache_ram:-1")]
    [InlineData("""{"Options":["draft_max:65"]}""", "draft_max:65")]
    [InlineData("""{"Options":["slot_save_path"]}""", "slot_save_path")]
    [InlineData("""{"DraftModel":"/nowhere/draft.gguf"}""", "/nowhere/draft.gguf")]
    [InlineData("""{"ContextSize":16777216,"Options":["parallel:256"]}""", "256 slots")]
    [InlineData("""{"Options":["parallel:0"]}""", "parallel:0")]
    [InlineData("""{"Options":["pooling:max"]}""", "pooling:max")]
    [InlineData("""{"CacheTypeKey":"q3"}""", "CacheTypeKey 'q3'")]
    [InlineData("""{"FlashAttention":"maybe"}""", "FlashAttention 'maybe'")]
    [InlineData("""{"RopeScaling":"cubic"}""", "RopeScaling 'cubic'")]
    [InlineData("""{"NBatch":-1}""", "NBatch is -1")]
    [InlineData("""{"Threads":100000}""", "Threads is 100000")]
    [InlineData("""{"ContextSize":-5}""", "ContextSize is -5")]
    [InlineData("""{"MainGPU":"first"}""", "MainGPU 'first'")]
    [InlineData("""{"TensorSplit":"1,x"}""", "TensorSplit '1,x'")]
    [InlineData("""{"ModelFile":"/nowhere/model.gguf"}""", "/nowhere/model.gguf")]
    [InlineData("""{"LoraAdapters":["/nowhere/lora.gguf"]}""", "/nowhere/lora.gguf")]
    public async Task LoadModel_WrongSetting_IsInvalidArgumentNamingIt(string json, string reason)
    {
        await using var service = new LlamaBackendService(TimeProvider.System);
        ModelOptions options = ServiceFixture.Options;
        options.MergeFrom(Google.Protobuf.JsonParser.Default.Parse<ModelOptions>(json));

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => service.LoadModelAsync(options, ServiceFixture.Context));

        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadModel_WhatThisBackendCannotDo_IsUnimplementedNamingIt()
    {
        await using var service = new LlamaBackendService(TimeProvider.System);
        ModelOptions options = ServiceFixture.Options;
        options.MMProj = "eyes.gguf";

        var refused = await Assert.ThrowsAsync<BackendCallException>(() => service.LoadModelAsync(options, ServiceFixture.Context));

        Assert.Equal(GrpcStatus.Unimplemented, refused.Status);
        Assert.Contains("MMProj", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"CacheTypeKey":"q8_0","CacheTypeValue":"q8_0","FlashAttention":"on"}""")]
    [InlineData("""{"FlashAttention":"off","NBatch":64,"Options":["parallel:1","use_jinja:true"]}""")]
    [InlineData("""{"Options":["context_shift:true","cache_ram:0","shared_cache:true"]}""")]
    [InlineData("""{"MMap":false,"RopeFreqBase":10000,"RopeFreqScale":1,"RopeScaling":"none"}""")]
    public async Task LoadModel_OtherSettings_StillAnswersRight(string json)
    {
        await using var service = new LlamaBackendService(TimeProvider.System);
        ModelOptions options = ServiceFixture.Options;
        options.MergeFrom(Google.Protobuf.JsonParser.Default.Parse<ModelOptions>(json));

        await service.LoadModelAsync(options, ServiceFixture.Context);

        Assert.Equal("This is a test!", (await service.PredictAsync(ServiceFixture.Chat("Say this is a test!"), ServiceFixture.Context)).Message.ToStringUtf8());
    }
}
