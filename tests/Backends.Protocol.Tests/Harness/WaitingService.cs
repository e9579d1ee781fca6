using System.Runtime.CompilerServices;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>Health is OK; Predict and PredictStream wait until their token fires, the stream after one message.</summary>
internal sealed class WaitingService : BackendService
{
    private readonly TaskCompletionSource<BackendCallContext> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<BackendCallContext> Started => _started.Task;

    public Task Ended => _ended.Task;

    public BackendCallContext Context => _started.Task.IsCompletedSuccessfully ? _started.Task.GetAwaiter().GetResult() : throw new InvalidOperationException("No call came.");

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) =>
        Task.FromResult(new Reply { Message = Google.Protobuf.ByteString.CopyFromUtf8("OK") });

    public override async Task<Reply> PredictAsync(PredictOptions request, BackendCallContext context)
    {
        await WaitAsync(context, context.CancellationToken);
        return new Reply();
    }

    public override IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context) => StreamAsync(context);

    private async IAsyncEnumerable<Reply> StreamAsync(BackendCallContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new Reply { Tokens = 1 };
        await WaitAsync(context, cancellationToken);
    }

    private async Task WaitAsync(BackendCallContext context, CancellationToken cancellationToken)
    {
        _started.TrySetResult(context);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }
}
