using System.Collections.Frozen;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

/// <summary>The path of each call, and the method of the service that answers it.</summary>
internal static class CallHandlers
{
    private static readonly FrozenDictionary<string, CallHandler> ByPath = new CallHandler[]
    {
        Unary(BackendMethods.Health, (service, request, context) => service.HealthAsync(request, context)),
        Unary(BackendMethods.Free, (service, request, context) => service.FreeAsync(request, context)),
        Unary(BackendMethods.Predict, (service, request, context) => service.PredictAsync(request, context)),
        Unary(BackendMethods.LoadModel, (service, request, context) => service.LoadModelAsync(request, context)),
        Stream(BackendMethods.PredictStream, (service, request, context) => service.PredictStreamAsync(request, context)),
        Unary(BackendMethods.Embedding, (service, request, context) => service.EmbeddingAsync(request, context)),
        Unary(BackendMethods.GenerateImage, (service, request, context) => service.GenerateImageAsync(request, context)),
        Unary(BackendMethods.UpscaleImage, (service, request, context) => service.UpscaleImageAsync(request, context)),
        Unary(BackendMethods.AudioTranscription, (service, request, context) => service.AudioTranscriptionAsync(request, context)),
        Stream(BackendMethods.AudioTranscriptionStream, (service, request, context) => service.AudioTranscriptionStreamAsync(request, context)),
        Unary(BackendMethods.Tts, (service, request, context) => service.TtsAsync(request, context)),
        Stream(BackendMethods.TtsStream, (service, request, context) => service.TtsStreamAsync(request, context)),
        Unary(BackendMethods.SoundGeneration, (service, request, context) => service.SoundGenerationAsync(request, context)),
        Unary(BackendMethods.TokenizeString, (service, request, context) => service.TokenizeStringAsync(request, context)),
        Unary(BackendMethods.Detokenize, (service, request, context) => service.DetokenizeAsync(request, context)),
        Unary(BackendMethods.Status, (service, request, context) => service.StatusAsync(request, context)),
        Unary(BackendMethods.StoresSet, (service, request, context) => service.StoresSetAsync(request, context)),
        Unary(BackendMethods.StoresDelete, (service, request, context) => service.StoresDeleteAsync(request, context)),
        Unary(BackendMethods.StoresGet, (service, request, context) => service.StoresGetAsync(request, context)),
        Unary(BackendMethods.StoresFind, (service, request, context) => service.StoresFindAsync(request, context)),
        Unary(BackendMethods.Rerank, (service, request, context) => service.RerankAsync(request, context)),
        Unary(BackendMethods.Score, (service, request, context) => service.ScoreAsync(request, context)),
        Unary(BackendMethods.GetMetrics, (service, request, context) => service.GetMetricsAsync(request, context)),
        Unary(BackendMethods.Vad, (service, request, context) => service.VadAsync(request, context)),
        Unary(BackendMethods.ModelMetadata, (service, request, context) => service.ModelMetadataAsync(request, context)),
        Unary(BackendMethods.ChangeSlot, (service, request, context) => service.ChangeSlotAsync(request, context)),
        Stream(BackendMethods.FollowSteps, (service, request, context) => service.FollowStepsAsync(request, context)),
    }.ToFrozenDictionary(handler => handler.Path, StringComparer.Ordinal);

    public static CallHandler? Find(string path) => ByPath.GetValueOrDefault(path);

    private static UnaryHandler<TRequest, TResponse> Unary<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, Func<BackendService, TRequest, BackendCallContext, Task<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(method, answer);

    private static StreamHandler<TRequest, TResponse> Stream<TRequest, TResponse>(
        BackendMethod<TRequest, TResponse> method, Func<BackendService, TRequest, BackendCallContext, IAsyncEnumerable<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(method, answer);
}
