using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Batches.Output;

/// <summary>Writes what a batch has done, and ends it.</summary>
internal sealed class BatchOutput(LeasedBatches batches, FileObjects files, IObjectStore store, OutputLines lines, TimeProvider time)
{
    public const string ResultsName = "results";

    public Task WriteAsync(Batch batch, BatchState end, CancellationToken cancellationToken) =>
        batch.Kind == BatchKind.Messages ? WriteResultsAsync(batch, end, cancellationToken) : WriteFilesAsync(batch, end, cancellationToken);

    private async Task WriteFilesAsync(Batch batch, BatchState end, CancellationToken cancellationToken)
    {
        var isPartial = end != BatchState.Completed && batch.Completed + batch.Failed < batch.Total;
        var output = batch.Completed == 0 ? null : await WriteFileAsync(batch, "output", lines.Answers(batch, cancellationToken), cancellationToken);
        var errors = batch.Failed == 0 && !isPartial ? null : await WriteFileAsync(batch, "error", lines.Errors(batch, end, cancellationToken), cancellationToken);
        if (!await batches.TryEndAsync(batch, end, output, errors, cancellationToken))
        {
            // Somebody else ends it, or it was cancelled this moment: then the next step writes again.
            foreach (var file in new[] { output, errors }.OfType<StoredFile>())
            {
                await files.DiscardAsync(file.Id);
            }
        }
    }

    private async Task<StoredFile> WriteFileAsync(Batch batch, string name, IAsyncEnumerable<ReadOnlyMemory<byte>> content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = FileIds.New(now);
        await using var stream = new LinesStream(content, cancellationToken);
        var written = await files.WriteAsync(id, stream, cancellationToken);
        return FileObjects.Row(written, id, batch.Owner, $"{batch.Id}_{name}.jsonl", FilePurposes.BatchOutput, now, batch.OutputExpiresAfterSeconds);
    }

    private async Task WriteResultsAsync(Batch batch, BatchState end, CancellationToken cancellationToken)
    {
        await using var stream = new LinesStream(lines.Results(batch, end, cancellationToken), cancellationToken);
        await store.WriteAsync(ObjectKeys.BatchContent(batch.Id, ResultsName), stream, "application/x-jsonl", cancellationToken);
        await batches.TryEndAsync(batch, end, null, null, cancellationToken);
    }
}
