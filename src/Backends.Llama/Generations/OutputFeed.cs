using System.Threading.Channels;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>
/// Several outputs under one signal, which the engine gives once for each decode step. A reader that does not keep up finds more
/// in each output, never more outputs: it is bounded by the slots and their contexts.
/// </summary>
internal sealed class OutputFeed
{
    private readonly Lock _gate = new();
    private readonly HashSet<GenerationOutput> _changed = [];

    // One signal is enough: it says that there is something, not how much.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, SingleWriter = false });

    /// <summary>The output has something; its reader hears of it at the end of the step.</summary>
    internal void Changed(GenerationOutput output)
    {
        lock (_gate)
            _changed.Add(output);
    }

    internal void StepEnded() => _signal.Writer.TryWrite(true);

    /// <summary>Waits for a step and moves the outputs that changed into the list, which may stay empty.</summary>
    internal async ValueTask TakeAsync(List<GenerationOutput> outputs, CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            outputs.AddRange(_changed);
            _changed.Clear();
        }
    }
}
