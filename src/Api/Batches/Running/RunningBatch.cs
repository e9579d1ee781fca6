using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>A batch that runs in this process.</summary>
internal sealed class RunningBatch(Batch batch)
{
    public Batch Batch => batch;

    /// <summary>Holds its lease, from the first moment of its run on.</summary>
    public BatchWatch? Watch { get; set; }

    /// <summary>Ends when nothing of it runs here any more.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;
}
