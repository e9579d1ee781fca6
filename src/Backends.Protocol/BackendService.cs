using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>
/// What a backend does, one method per call of the protocol. A method that is not overridden answers
/// <see cref="GrpcStatus.Unimplemented"/>. A method fails its call by throwing <see cref="BackendCallException"/>; any other
/// exception becomes <see cref="GrpcStatus.Internal"/> with its message, and a line in the log. Calls come in parallel. A
/// service that is <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/> is disposed when
/// <see cref="BackendServer.RunAsync"/> ends.
/// </summary>
public abstract class BackendService
{
    /// <summary>Asks whether the backend is up: <c>Reply.Message</c> is <c>OK</c>.</summary>
    public virtual Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) => throw NotImplemented("Health");

    /// <summary>Unloads the model.</summary>
    public virtual Task<Result> FreeAsync(HealthMessage request, BackendCallContext context) => throw NotImplemented("Free");

    /// <summary>Generates text and answers once.</summary>
    public virtual Task<Reply> PredictAsync(PredictOptions request, BackendCallContext context) => throw NotImplemented("Predict");

    /// <summary>Loads a model. A failure comes as a status or as <c>Result.Success = false</c>.</summary>
    public virtual Task<Result> LoadModelAsync(ModelOptions request, BackendCallContext context) => throw NotImplemented("LoadModel");

    /// <summary>Generates text; each reply has what is new.</summary>
    public virtual IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context) => throw NotImplemented("PredictStream");

    /// <summary>Embeds a text.</summary>
    public virtual Task<EmbeddingResult> EmbeddingAsync(PredictOptions request, BackendCallContext context) => throw NotImplemented("Embedding");

    /// <summary>Writes an image to <c>Dst</c>.</summary>
    public virtual Task<Result> GenerateImageAsync(GenerateImageRequest request, BackendCallContext context) => throw NotImplemented("GenerateImage");

    /// <summary>Writes a larger image to <c>Dst</c>.</summary>
    public virtual Task<Result> UpscaleImageAsync(UpscaleImageRequest request, BackendCallContext context) => throw NotImplemented("UpscaleImage");

    /// <summary>Transcribes the audio file at <c>Dst</c>.</summary>
    public virtual Task<TranscriptResult> AudioTranscriptionAsync(TranscriptRequest request, BackendCallContext context) => throw NotImplemented("AudioTranscription");

    /// <summary>Transcribes the audio file at <c>Dst</c>, in pieces; the last has the whole result.</summary>
    public virtual IAsyncEnumerable<TranscriptStreamResponse> AudioTranscriptionStreamAsync(TranscriptRequest request, BackendCallContext context) => throw NotImplemented("AudioTranscriptionStream");

    /// <summary>Speaks a text into the file <c>Dst</c>.</summary>
    public virtual Task<Result> TtsAsync(TTSRequest request, BackendCallContext context) => throw NotImplemented("TTS");

    /// <summary>Speaks a text; the audio comes in <c>Reply.Audio</c>.</summary>
    public virtual IAsyncEnumerable<Reply> TtsStreamAsync(TTSRequest request, BackendCallContext context) => throw NotImplemented("TTSStream");

    /// <summary>Writes a sound to <c>Dst</c>.</summary>
    public virtual Task<Result> SoundGenerationAsync(SoundGenerationRequest request, BackendCallContext context) => throw NotImplemented("SoundGeneration");

    /// <summary>The tokens of <c>Prompt</c>.</summary>
    public virtual Task<TokenizationResponse> TokenizeStringAsync(PredictOptions request, BackendCallContext context) => throw NotImplemented("TokenizeString");

    /// <summary>The text of tokens.</summary>
    public virtual Task<DetokenizeResponse> DetokenizeAsync(DetokenizeRequest request, BackendCallContext context) => throw NotImplemented("Detokenize");

    /// <summary>State, memory and slots.</summary>
    public virtual Task<StatusResponse> StatusAsync(HealthMessage request, BackendCallContext context) => throw NotImplemented("Status");

    /// <summary>Puts vectors into the store.</summary>
    public virtual Task<Result> StoresSetAsync(StoresSetOptions request, BackendCallContext context) => throw NotImplemented("StoresSet");

    /// <summary>Takes vectors out of the store.</summary>
    public virtual Task<Result> StoresDeleteAsync(StoresDeleteOptions request, BackendCallContext context) => throw NotImplemented("StoresDelete");

    /// <summary>Values of vectors, by equality.</summary>
    public virtual Task<StoresGetResult> StoresGetAsync(StoresGetOptions request, BackendCallContext context) => throw NotImplemented("StoresGet");

    /// <summary>The nearest vectors.</summary>
    public virtual Task<StoresFindResult> StoresFindAsync(StoresFindOptions request, BackendCallContext context) => throw NotImplemented("StoresFind");

    /// <summary>Orders documents by relevance to a query.</summary>
    public virtual Task<RerankResult> RerankAsync(RerankRequest request, BackendCallContext context) => throw NotImplemented("Rerank");

    /// <summary>Log-probabilities of candidates after a prompt.</summary>
    public virtual Task<ScoreResponse> ScoreAsync(ScoreRequest request, BackendCallContext context) => throw NotImplemented("Score");

    /// <summary>Figures of the running generation.</summary>
    public virtual Task<MetricsResponse> GetMetricsAsync(MetricsRequest request, BackendCallContext context) => throw NotImplemented("GetMetrics");

    /// <summary>Where in the audio somebody speaks.</summary>
    public virtual Task<VADResponse> VadAsync(VADRequest request, BackendCallContext context) => throw NotImplemented("VAD");

    /// <summary>What the loaded model is and can do.</summary>
    public virtual Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, BackendCallContext context) => throw NotImplemented("ModelMetadata");

    /// <summary>Opens a feed (a call of ours, steps.proto): its name first, then one message for each step with what its generations said in it.</summary>
    public virtual IAsyncEnumerable<Step> FollowStepsAsync(FollowRequest request, BackendCallContext context) => throw NotImplemented("Follow");

    /// <summary>Saves what a slot holds to a file, restores or erases it (a call of ours, slots.proto).</summary>
    public virtual Task<SlotState> ChangeSlotAsync(SlotChange request, BackendCallContext context) => throw NotImplemented("Change");

    private BackendCallException NotImplemented(string call) =>
        new(GrpcStatus.Unimplemented, $"{GetType().Name} does not implement {call}");
}
