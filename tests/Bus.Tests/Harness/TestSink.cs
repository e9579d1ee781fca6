using System.Threading.Channels;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Bus.Tests.Harness;

/// <summary>A relay that only keeps what it gets.</summary>
internal sealed class TestSink : IDeltaSink
{
    private readonly Channel<DeltaFrame> _frames = Channel.CreateUnbounded<DeltaFrame>();
    private readonly Channel<bool> _restored = Channel.CreateUnbounded<bool>();

    public static DeltaFrame Frame(string instance, long sequence, string text = "a") => new()
    {
        WorkerId = "worker",
        InstanceId = instance,
        Entries = [new DeltaFrameEntry { JobId = Guid.Empty, Attempt = 1, Delta = new GenerationDelta { Sequence = sequence, Text = text, Tokens = 1 } }],
    };

    public void Accept(DeltaFrame frame) => _frames.Writer.TryWrite(frame);

    public void LinkRestored() => _restored.Writer.TryWrite(true);

    public Task<DeltaFrame> TakeAsync() => _frames.Reader.ReadAsync(TestTimeout.Token).AsTask();

    public async Task<List<long>> TakeSequencesAsync(int count)
    {
        var sequences = new List<long>();
        while (sequences.Count < count)
        {
            sequences.AddRange((await TakeAsync()).Entries.Select(entry => entry.Delta.Sequence));
        }

        return sequences;
    }

    public Task RestoredAsync() => _restored.Reader.ReadAsync(TestTimeout.Token).AsTask();
}
