namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>A service whose calls a test writes down.</summary>
internal sealed class ScriptedService : BackendService
{
    public Func<BackendCallContext, Task<Reply>> Health { get; init; } = _ => Task.FromResult(new Reply { Message = Google.Protobuf.ByteString.CopyFromUtf8("OK") });

    public Func<PredictOptions, BackendCallContext, Task<Reply>>? Predict { get; init; }

    public Func<PredictOptions, BackendCallContext, IAsyncEnumerable<Reply>>? PredictStream { get; init; }

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) => Health(context);

    public override Task<Reply> PredictAsync(PredictOptions request, BackendCallContext context) =>
        Predict?.Invoke(request, context) ?? base.PredictAsync(request, context);

    public override IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context) =>
        PredictStream?.Invoke(request, context) ?? base.PredictStreamAsync(request, context);
}
