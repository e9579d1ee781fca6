using System.Threading.Channels;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Deltas;

/// <summary>A link whose every send waits until the test lets it go, and ends as the test says.</summary>
internal sealed class RecordingSender : IDeltaSender
{
    private readonly Channel<(DeltaFrame Frame, TaskCompletionSource<DeltaDelivery> Answer)> _sends = Channel.CreateUnbounded<(DeltaFrame, TaskCompletionSource<DeltaDelivery>)>();

    public TimeSpan FrameInterval { get; set; }

    public ValueTask<DeltaDelivery> SendAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<DeltaDelivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sends.Writer.TryWrite((frame, answer));
        return new ValueTask<DeltaDelivery>(answer.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Whether a frame was sent that nobody has taken yet.</summary>
    public bool HasNext => _sends.Reader.Count > 0;

    /// <summary>The next frame that is sent; the send goes on waiting until the answer is given.</summary>
    public async Task<(DeltaFrame Frame, TaskCompletionSource<DeltaDelivery> Answer)> NextAsync(CancellationToken cancellationToken) =>
        await _sends.Reader.ReadAsync(cancellationToken);

    /// <summary>Takes the next frame and delivers it.</summary>
    public async Task<DeltaFrame> DeliverNextAsync(CancellationToken cancellationToken)
    {
        var (frame, answer) = await NextAsync(cancellationToken);
        answer.SetResult(DeltaDelivery.Delivered);
        return frame;
    }

    public static BusUnavailableException Lost() => new("the test's broker is away");
}
