using System.Runtime.CompilerServices;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>Answers every call with an empty message, and remembers which method it was.</summary>
internal sealed class EveryCallService : BackendService
{
    public string? Last { get; private set; }

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) => One<Reply>();

    public override Task<Result> FreeAsync(HealthMessage request, BackendCallContext context) => One<Result>();

    public override Task<Reply> PredictAsync(PredictOptions request, BackendCallContext context) => One<Reply>();

    public override Task<Result> LoadModelAsync(ModelOptions request, BackendCallContext context) => One<Result>();

    public override IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context) => Stream<Reply>();

    public override Task<EmbeddingResult> EmbeddingAsync(PredictOptions request, BackendCallContext context) => One<EmbeddingResult>();

    public override Task<Result> GenerateImageAsync(GenerateImageRequest request, BackendCallContext context) => One<Result>();

    public override Task<Result> UpscaleImageAsync(UpscaleImageRequest request, BackendCallContext context) => One<Result>();

    public override Task<TranscriptResult> AudioTranscriptionAsync(TranscriptRequest request, BackendCallContext context) => One<TranscriptResult>();

    public override IAsyncEnumerable<TranscriptStreamResponse> AudioTranscriptionStreamAsync(TranscriptRequest request, BackendCallContext context) => Stream<TranscriptStreamResponse>();

    public override Task<Result> TtsAsync(TTSRequest request, BackendCallContext context) => One<Result>();

    public override IAsyncEnumerable<Reply> TtsStreamAsync(TTSRequest request, BackendCallContext context) => Stream<Reply>();

    public override Task<Result> SoundGenerationAsync(SoundGenerationRequest request, BackendCallContext context) => One<Result>();

    public override Task<TokenizationResponse> TokenizeStringAsync(PredictOptions request, BackendCallContext context) => One<TokenizationResponse>();

    public override Task<DetokenizeResponse> DetokenizeAsync(DetokenizeRequest request, BackendCallContext context) => One<DetokenizeResponse>();

    public override Task<StatusResponse> StatusAsync(HealthMessage request, BackendCallContext context) => One<StatusResponse>();

    public override Task<Result> StoresSetAsync(StoresSetOptions request, BackendCallContext context) => One<Result>();

    public override Task<Result> StoresDeleteAsync(StoresDeleteOptions request, BackendCallContext context) => One<Result>();

    public override Task<StoresGetResult> StoresGetAsync(StoresGetOptions request, BackendCallContext context) => One<StoresGetResult>();

    public override Task<StoresFindResult> StoresFindAsync(StoresFindOptions request, BackendCallContext context) => One<StoresFindResult>();

    public override Task<RerankResult> RerankAsync(RerankRequest request, BackendCallContext context) => One<RerankResult>();

    public override Task<ScoreResponse> ScoreAsync(ScoreRequest request, BackendCallContext context) => One<ScoreResponse>();

    public override Task<MetricsResponse> GetMetricsAsync(MetricsRequest request, BackendCallContext context) => One<MetricsResponse>();

    public override Task<VADResponse> VadAsync(VADRequest request, BackendCallContext context) => One<VADResponse>();

    public override Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, BackendCallContext context) => One<ModelMetadataResponse>();

    private Task<T> One<T>([CallerMemberName] string method = "")
        where T : new()
    {
        Last = method;
        return Task.FromResult(new T());
    }

    private async IAsyncEnumerable<T> Stream<T>([CallerMemberName] string method = "")
        where T : new()
    {
        Last = method;
        await Task.Yield();
        yield return new T();
    }
}
