using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Runs the lines of a batch that have no answer, a window of them at once.</summary>
internal sealed class BatchLines(BatchInput input, LeasedBatches batches, LineCall call, KeyPlaces places, IOptions<BatchesOptions> options, IOptions<RequestOptions> limits)
{
    /// <summary>Returns when all lines have their answer, or no further one shall run.</summary>
    public async Task RunAsync(Batch batch, BatchWatch watch)
    {
        var finished = await batches.FinishedLinesAsync(batch.Id, watch.Lost);
        var keeper = new ResultKeeper(batches, batch.Id);
        // Answers that are there are kept, also when no further line shall run or the process stops: it ends with the last of
        // them, a database command's time-out at the latest, and keeps nothing once the lease is another's.
        var keeping = keeper.RunAsync(CancellationToken.None);
        try
        {
            await RunLinesAsync(batch, finished, keeper, watch.Lines);
        }
        catch (OperationCanceledException) when (watch.Lines.IsCancellationRequested && !watch.Lost.IsCancellationRequested)
        {
            // Cancelled or expired: what is done is what there is.
            return;
        }
        finally
        {
            keeper.Complete();
            await keeping;
        }
    }

    private Task RunLinesAsync(Batch batch, HashSet<int> finished, ResultKeeper keeper, CancellationToken cancellationToken)
    {
        var waiting = input.ReadAsync(batch, cancellationToken).Where(line => !finished.Contains(line.Number));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.LinesAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(waiting, parallel, async (line, ended) =>
        {
            using var place = await places.EnterAsync(batch.Owner, ended);
            var request = BatchLineReader.Read(line, batch.Endpoint, limits.Value);
            await keeper.AddAsync(await call.RunAsync(batch, request, ended), CancellationToken.None);
        });
    }
}
