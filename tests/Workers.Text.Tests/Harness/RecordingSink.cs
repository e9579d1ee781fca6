using System.Collections.Concurrent;
using System.Threading.Channels;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Text.Tests.Harness;

/// <summary>Where an API instance would be: keeps each job's deltas.</summary>
internal sealed class RecordingSink : IDeltaSink
{
    private readonly ConcurrentDictionary<Guid, Channel<GenerationDelta>> _jobs = new();

    public void Accept(DeltaFrame frame)
    {
        foreach (var entry in frame.Entries)
        {
            Of(entry.JobId).Writer.TryWrite(entry.Delta);
        }
    }

    public void LinkRestored()
    {
    }

    /// <summary>All deltas of a job, when the last is there.</summary>
    public async Task<IReadOnlyList<GenerationDelta>> AllAsync(Guid job, CancellationToken cancellationToken)
    {
        var deltas = new List<GenerationDelta>();
        while (deltas is [] || !deltas[^1].IsLast)
        {
            deltas.Add(await Of(job).Reader.ReadAsync(cancellationToken));
        }

        return deltas;
    }

    private Channel<GenerationDelta> Of(Guid job) => _jobs.GetOrAdd(job, static _ => Channel.CreateUnbounded<GenerationDelta>());
}
