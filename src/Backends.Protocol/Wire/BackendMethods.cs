using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Protocol.Wire;

/// <summary>Every call of the service, by name, with its messages.</summary>
internal static class BackendMethods
{
    public const string Service = "backend.Backend";

    private const string SlotService = "localai.pipeline.Slots";
    private const string StepService = "localai.pipeline.Steps";

    public static readonly BackendMethod<HealthMessage, Reply> Health = new("Health", HealthMessage.Parser, Reply.Parser);
    public static readonly BackendMethod<HealthMessage, Result> Free = new("Free", HealthMessage.Parser, Result.Parser);
    public static readonly BackendMethod<PredictOptions, Reply> Predict = new("Predict", PredictOptions.Parser, Reply.Parser);
    public static readonly BackendMethod<ModelOptions, Result> LoadModel = new("LoadModel", ModelOptions.Parser, Result.Parser);
    public static readonly BackendMethod<PredictOptions, Reply> PredictStream = new("PredictStream", PredictOptions.Parser, Reply.Parser);
    public static readonly BackendMethod<PredictOptions, EmbeddingResult> Embedding = new("Embedding", PredictOptions.Parser, EmbeddingResult.Parser);
    public static readonly BackendMethod<GenerateImageRequest, Result> GenerateImage = new("GenerateImage", GenerateImageRequest.Parser, Result.Parser);
    public static readonly BackendMethod<UpscaleImageRequest, Result> UpscaleImage = new("UpscaleImage", UpscaleImageRequest.Parser, Result.Parser);
    public static readonly BackendMethod<TranscriptRequest, TranscriptResult> AudioTranscription = new("AudioTranscription", TranscriptRequest.Parser, TranscriptResult.Parser);
    public static readonly BackendMethod<TranscriptRequest, TranscriptStreamResponse> AudioTranscriptionStream = new("AudioTranscriptionStream", TranscriptRequest.Parser, TranscriptStreamResponse.Parser);
    public static readonly BackendMethod<TTSRequest, Result> Tts = new("TTS", TTSRequest.Parser, Result.Parser);
    public static readonly BackendMethod<TTSRequest, Reply> TtsStream = new("TTSStream", TTSRequest.Parser, Reply.Parser);
    public static readonly BackendMethod<SoundGenerationRequest, Result> SoundGeneration = new("SoundGeneration", SoundGenerationRequest.Parser, Result.Parser);
    public static readonly BackendMethod<PredictOptions, TokenizationResponse> TokenizeString = new("TokenizeString", PredictOptions.Parser, TokenizationResponse.Parser);
    public static readonly BackendMethod<DetokenizeRequest, DetokenizeResponse> Detokenize = new("Detokenize", DetokenizeRequest.Parser, DetokenizeResponse.Parser);
    public static readonly BackendMethod<HealthMessage, StatusResponse> Status = new("Status", HealthMessage.Parser, StatusResponse.Parser);
    public static readonly BackendMethod<StoresSetOptions, Result> StoresSet = new("StoresSet", StoresSetOptions.Parser, Result.Parser);
    public static readonly BackendMethod<StoresDeleteOptions, Result> StoresDelete = new("StoresDelete", StoresDeleteOptions.Parser, Result.Parser);
    public static readonly BackendMethod<StoresGetOptions, StoresGetResult> StoresGet = new("StoresGet", StoresGetOptions.Parser, StoresGetResult.Parser);
    public static readonly BackendMethod<StoresFindOptions, StoresFindResult> StoresFind = new("StoresFind", StoresFindOptions.Parser, StoresFindResult.Parser);
    public static readonly BackendMethod<RerankRequest, RerankResult> Rerank = new("Rerank", RerankRequest.Parser, RerankResult.Parser);
    public static readonly BackendMethod<ScoreRequest, ScoreResponse> Score = new("Score", ScoreRequest.Parser, ScoreResponse.Parser);
    public static readonly BackendMethod<MetricsRequest, MetricsResponse> GetMetrics = new("GetMetrics", MetricsRequest.Parser, MetricsResponse.Parser);
    public static readonly BackendMethod<VADRequest, VADResponse> Vad = new("VAD", VADRequest.Parser, VADResponse.Parser);
    public static readonly BackendMethod<ModelOptions, ModelMetadataResponse> ModelMetadata = new("ModelMetadata", ModelOptions.Parser, ModelMetadataResponse.Parser);
    public static readonly BackendMethod<FollowRequest, Step> FollowSteps = new("Follow", FollowRequest.Parser, Step.Parser, StepService);
    public static readonly BackendMethod<SlotChange, SlotState> ChangeSlot = new("Change", SlotChange.Parser, SlotState.Parser, SlotService);
}
