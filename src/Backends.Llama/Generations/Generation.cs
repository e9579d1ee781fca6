using LocalAI.Pipeline.Backends.Llama.Sampling;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>One generation on its way through the engine: made by a call, run by the engine thread, read by the call.</summary>
internal sealed class Generation : IDisposable
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _cancelled;

    internal Generation(GenerationRequest request, TokenSampler sampler)
    {
        Request = request;
        Sampler = sampler;
        Text = new OutputText(request.Stops, Output);
        Text.Continue(request.Continuation);
    }

    internal GenerationRequest Request { get; }

    internal TokenSampler Sampler { get; }

    /// <summary>What the call reads.</summary>
    internal GenerationOutput Output { get; } = new();

    internal OutputText Text { get; }

    internal GenerationTimes Times { get; } = new();

    /// <summary>Tokens of the prompt that were still in a slot's cache.</summary>
    internal int CachedTokens { get; set; }

    internal bool IsCancelled => _cancelled;

    /// <summary>Completes when neither a slot nor the queue holds it any more.</summary>
    internal Task Released => _released.Task;

    internal void Cancel() => _cancelled = true;

    internal void Release()
    {
        Dispose();
        _released.TrySetResult();
    }

    public void Dispose() => Sampler.Dispose();
}
