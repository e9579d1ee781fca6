using LocalAI.Pipeline.Backends.Protocol.Client;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol;

#pragma warning disable CA1068 // Nearly every call has a token and few a deadline: the token comes first, so that it can be given alone.

/// <summary>
/// Calls one backend, over one HTTP/2 connection that is opened by the first call and again after it was lost. Safe to use in
/// parallel. Every call fails with <see cref="BackendCallException"/> when the backend or the connection fails it
/// (<see cref="GrpcStatus.Unavailable"/>: nobody listens, or the process is gone; <see cref="GrpcStatus.DeadlineExceeded"/>),
/// and with <see cref="OperationCanceledException"/> when its token is cancelled. Ending the enumeration of a stream early, or
/// cancelling its token, resets the stream, which cancels the call in the backend.
/// </summary>
public sealed class BackendClient : IAsyncDisposable
{
    private static readonly HealthMessage Nothing = new();
    private static readonly MetricsRequest NoMetrics = new();

    private readonly CallInvoker _calls;
    private readonly StepCalls _steps;

    /// <summary>Connects with the first call.</summary>
    /// <param name="address">Where the backend listens.</param>
    /// <param name="options">Limits and keep-alive; by default such that every gRPC server agrees.</param>
    public BackendClient(BackendAddress address, BackendClientOptions? options = null)
    {
        Address = address;
        _calls = new CallInvoker(address, options ?? BackendClientOptions.AnyBackend);
        _steps = new StepCalls(_calls);
    }

    /// <summary>Where the backend listens.</summary>
    public BackendAddress Address { get; }

    /// <summary>How long the calls that run now have brought nothing; without calls all is zero.</summary>
    public CallSilence Silence => _calls.Silence;

    /// <summary>
    /// Whether something at the address greets a new connection in time, as every gRPC server does by itself: true of a backend that
    /// is too busy to answer <see cref="HealthAsync"/>, false of a process that is stopped, frozen or no longer listens.
    /// </summary>
    public Task<bool> GreetsAsync(TimeSpan patience, CancellationToken cancellationToken = default) => Greeting.ComesAsync(Address, patience, cancellationToken);

    /// <summary>Asks whether the backend is up: <c>Reply.Message</c> is <c>OK</c>.</summary>
    public Task<Reply> HealthAsync(CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Health, Nothing, deadline, cancellationToken);

    /// <summary>Unloads the model.</summary>
    public Task<Result> FreeAsync(CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Free, Nothing, deadline, cancellationToken);

    /// <summary>Generates text and answers once.</summary>
    public Task<Reply> PredictAsync(PredictOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Predict, request, deadline, cancellationToken);

    /// <summary>Loads a model. A failure comes as a status or as <c>Result.Success = false</c>.</summary>
    public Task<Result> LoadModelAsync(ModelOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.LoadModel, request, deadline, cancellationToken);

    /// <summary>Generates text; each reply has what is new.</summary>
    public IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.StreamAsync(BackendMethods.PredictStream, request, deadline, cancellationToken);

    /// <summary>
    /// Generates text and hands each reply on in order, as <see cref="PredictStreamAsync"/> has them. Where the backend has feeds
    /// (steps.proto) all generations of this client share one message for each decode step, whose name goes into the request.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="take">Takes a reply. While it runs, this generation's next replies wait; the others go on. What it throws ends the call.</param>
    /// <param name="cancellationToken">Cancels the call in the backend.</param>
    public Task PredictInStepsAsync(PredictOptions request, Func<Reply, CancellationToken, ValueTask> take, CancellationToken cancellationToken = default) =>
        _steps.PredictAsync(request, take, cancellationToken);

    /// <summary>Embeds a text.</summary>
    public Task<EmbeddingResult> EmbeddingAsync(PredictOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Embedding, request, deadline, cancellationToken);

    /// <summary>Writes an image to <c>Dst</c>.</summary>
    public Task<Result> GenerateImageAsync(GenerateImageRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.GenerateImage, request, deadline, cancellationToken);

    /// <summary>Writes a larger image to <c>Dst</c>.</summary>
    public Task<Result> UpscaleImageAsync(UpscaleImageRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.UpscaleImage, request, deadline, cancellationToken);

    /// <summary>Transcribes the audio file at <c>Dst</c>.</summary>
    public Task<TranscriptResult> AudioTranscriptionAsync(TranscriptRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.AudioTranscription, request, deadline, cancellationToken);

    /// <summary>Transcribes the audio file at <c>Dst</c>, in pieces; the last has the whole result.</summary>
    public IAsyncEnumerable<TranscriptStreamResponse> AudioTranscriptionStreamAsync(TranscriptRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.StreamAsync(BackendMethods.AudioTranscriptionStream, request, deadline, cancellationToken);

    /// <summary>Speaks a text into the file <c>Dst</c>.</summary>
    public Task<Result> TtsAsync(TTSRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Tts, request, deadline, cancellationToken);

    /// <summary>Speaks a text; the audio comes in <c>Reply.Audio</c>.</summary>
    public IAsyncEnumerable<Reply> TtsStreamAsync(TTSRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.StreamAsync(BackendMethods.TtsStream, request, deadline, cancellationToken);

    /// <summary>Writes a sound to <c>Dst</c>.</summary>
    public Task<Result> SoundGenerationAsync(SoundGenerationRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.SoundGeneration, request, deadline, cancellationToken);

    /// <summary>The tokens of <c>Prompt</c>.</summary>
    public Task<TokenizationResponse> TokenizeStringAsync(PredictOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.TokenizeString, request, deadline, cancellationToken);

    /// <summary>The text of tokens.</summary>
    public Task<DetokenizeResponse> DetokenizeAsync(DetokenizeRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Detokenize, request, deadline, cancellationToken);

    /// <summary>State, memory and slots.</summary>
    public Task<StatusResponse> StatusAsync(CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Status, Nothing, deadline, cancellationToken);

    /// <summary>Puts vectors into the store.</summary>
    public Task<Result> StoresSetAsync(StoresSetOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.StoresSet, request, deadline, cancellationToken);

    /// <summary>Takes vectors out of the store.</summary>
    public Task<Result> StoresDeleteAsync(StoresDeleteOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.StoresDelete, request, deadline, cancellationToken);

    /// <summary>Values of vectors, by equality.</summary>
    public Task<StoresGetResult> StoresGetAsync(StoresGetOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.StoresGet, request, deadline, cancellationToken);

    /// <summary>The nearest vectors.</summary>
    public Task<StoresFindResult> StoresFindAsync(StoresFindOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.StoresFind, request, deadline, cancellationToken);

    /// <summary>Orders documents by relevance to a query.</summary>
    public Task<RerankResult> RerankAsync(RerankRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Rerank, request, deadline, cancellationToken);

    /// <summary>Log-probabilities of candidates after a prompt.</summary>
    public Task<ScoreResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Score, request, deadline, cancellationToken);

    /// <summary>Figures of the running generation.</summary>
    public Task<MetricsResponse> GetMetricsAsync(CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.GetMetrics, NoMetrics, deadline, cancellationToken);

    /// <summary>Where in the audio somebody speaks.</summary>
    public Task<VADResponse> VadAsync(VADRequest request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.Vad, request, deadline, cancellationToken);

    /// <summary>What the loaded model is and can do.</summary>
    public Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.ModelMetadata, request, deadline, cancellationToken);

    /// <summary>Saves what a slot holds to a file, restores or erases it (slots.proto).</summary>
    public Task<SlotState> ChangeSlotAsync(SlotChange request, CancellationToken cancellationToken = default, TimeSpan? deadline = null) =>
        _calls.UnaryAsync(BackendMethods.ChangeSlot, request, deadline, cancellationToken);

    /// <summary>Cancels the calls that still run and closes the connection.</summary>
    public async ValueTask DisposeAsync() => await _calls.DisposeAsync();
}
